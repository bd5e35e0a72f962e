// Before the first query: that this Postgres is one that we know, and that the schema is there.
import { RidgelineError } from '../errors.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { lockKey } from './postgres-lock-key.ts';
import type { PostgresClient, PostgresPool } from './postgres-pool.ts';

/** The oldest that its makers still looked after when this was written. */
export const oldestVersion = 14;

export interface PostgresFacts {
  /** As in `server_version_num`: 180004 is 18.4. */
  readonly version: number;
  readonly encoding: string;
  readonly hasSchema: boolean;
}

/** @throws RidgelineError DATABASE_UNREACHABLE, DATABASE_CANNOT_OPEN */
export async function prepareSchema(pool: PostgresPool, address: PostgresAddress): Promise<void> {
  const client = await pool.connect();
  try {
    const facts = await factsOf(client, address.schema);
    assertUsable(facts, address.text);
    if (!facts.hasSchema) await makeSchema(client, address.schema);
  } finally {
    client.release();
  }
}

/** @throws RidgelineError DATABASE_CANNOT_OPEN */
export function assertUsable({ version, encoding }: PostgresFacts, address: string): void {
  const major = Math.floor(version / 10_000);
  if (major < oldestVersion) {
    throw cannotOpen(address, `is Postgres ${major}; version ${oldestVersion} or newer is needed`);
  }
  if (encoding === 'UTF8') return;
  throw cannotOpen(address, `has the encoding ${encoding}; create one with the encoding UTF8`);
}

async function factsOf(client: PostgresClient, schema: string): Promise<PostgresFacts> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding,
      to_regnamespace($1) is not null as "hasSchema"`,
    [schema],
  );
  return rows[0];
}

// Under the lock, as two servers that make it at once would otherwise fail one of them.
async function makeSchema(client: PostgresClient, schema: string): Promise<void> {
  const lock = `select pg_advisory_xact_lock(${lockKey(schema)})`;
  await client.query(`begin; ${lock}; create schema if not exists "${schema}"; commit`, []);
}

function cannotOpen(address: string, why: string): RidgelineError {
  return new RidgelineError('DATABASE_CANNOT_OPEN', `database ${address} ${why}`);
}
