// The one embedded DuckDB of the process: in memory, made on first use, closed to the network.

import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

let instance: Promise<DuckDBInstance> | null = null;

/** Runs `use` on a connection of its own, which is closed afterwards. */
export async function withConnection<T>(
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  instance ??= createInstance();
  const connection = await (await instance).connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
  }
}

/** The native module loads here, so that importing this package costs nothing. */
async function createInstance(): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const created = await DuckDBInstance.create(':memory:', {
    // No extension is ever fetched, and without its extension no URL can be opened.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    // Otherwise a large query would spill into a folder beside the user's project.
    temp_directory: '',
  });
  const connection = await created.connect();
  // A time without a zone means UTC, whatever the machine's zone is.
  await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
  await connection.run('SET GLOBAL lock_configuration = true');
  connection.closeSync();
  return created;
}

/** The absolute path as a DuckDB file pattern that matches that file only. */
export function literalPattern(absolutePath: string): string {
  return absolutePath.replace(/[*?[]/g, '[$&]');
}

/** The first line of what DuckDB said, without the kind of error. */
export function duckdbReason(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return (message.split('\n')[0] ?? '').replace(/^[A-Z][\w ]* Error: /, '');
}
