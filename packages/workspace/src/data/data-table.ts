// The table that lies in one file or in several: its schema and profile.
import {
  inferSchema,
  profileTable,
  type ReadTableOptions,
  readTable,
  type Table,
  type TableProfile,
  type TableSchema,
  TabularError,
} from '@ridgeline/tabular';
import { concatTables } from './concat-tables.ts';

export interface DataTable {
  readonly schema: TableSchema;
  readonly profile: TableProfile;
}

export interface TableFile {
  readonly localPath: string;
  /** How to name it in errors: where it lies on this machine is nobody's business. */
  readonly uri: string;
}

/**
 * Reads whole files as one table.
 * @throws TabularError saying why they cannot be read
 */
export async function dataTable(
  files: readonly TableFile[],
  options: Pick<ReadTableOptions, 'format' | 'delimiter'> = {},
): Promise<DataTable> {
  const tables: { readonly uri: string; readonly table: Table }[] = [];
  for (const file of files) tables.push({ uri: file.uri, table: await readOne(file, options) });
  const table = concatTables(tables);
  return { schema: inferSchema(table), profile: profileTable(table) };
}

async function readOne({ localPath, uri }: TableFile, options: ReadTableOptions): Promise<Table> {
  try {
    return await readTable(localPath, options);
  } catch (error) {
    if (!(error instanceof TabularError)) throw error;
    const message = error.message.replaceAll(localPath, uri);
    throw new TabularError(error.code, message, { cause: error });
  }
}
