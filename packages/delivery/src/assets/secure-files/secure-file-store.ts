// Keeps secure files with their permissions; of their contents only the names of the secrets.
import type { SecureFileTable } from '../../database/asset-tables.ts';
import type { DeliveryReader, DeliveryWriter } from '../../database/delivery-database.ts';
import { secureFileKind } from '../asset-kind.ts';
import { keyOf } from '../check-words.ts';
import type { AssetStore } from '../kept-assets.ts';
import { permittedPipelines, putPermittedPipelines } from '../pipeline-permissions.ts';

export interface StoredFile {
  readonly row: Readonly<SecureFileTable>;
  readonly pipelines: readonly string[];
}

export async function findSecureFile(
  tables: DeliveryReader,
  name: string,
): Promise<StoredFile | null> {
  const query = tables.selectFrom('secure_files').selectAll();
  return (
    (await complete(tables, await query.where('name_key', '=', keyOf(name)).execute()))[0] ?? null
  );
}

/** By name. */
async function listSecureFiles(
  tables: DeliveryReader,
  limit: number,
): Promise<readonly StoredFile[]> {
  const query = tables.selectFrom('secure_files').selectAll();
  return complete(tables, await query.orderBy('name_key').limit(limit).execute());
}

async function complete(
  tables: DeliveryReader,
  rows: readonly SecureFileTable[],
): Promise<readonly StoredFile[]> {
  const pipelines = await permittedPipelines(
    tables,
    rows.map(({ file_id }) => file_id),
  );
  return rows.map((row) => ({ row, pipelines: pipelines.get(row.file_id) ?? [] }));
}

/** In the place of what was there. */
export async function putSecureFile(
  tables: DeliveryWriter,
  { row, pipelines }: StoredFile,
): Promise<void> {
  const { file_id, ...change } = row;
  const insert = tables.insertInto('secure_files').values(row);
  await insert.onConflict((on) => on.column('file_id').doUpdateSet(change)).execute();
  await putPermittedPipelines(tables, file_id, pipelines);
}

async function deleteSecureFile(tables: DeliveryWriter, { row }: StoredFile): Promise<void> {
  await putPermittedPipelines(tables, row.file_id, []);
  await tables.deleteFrom('secure_files').where('file_id', '=', row.file_id).execute();
}

export function secretNamesOf({ row }: StoredFile): readonly string[] {
  return JSON.parse(row.secret_names);
}

export const secureFileStore: AssetStore<StoredFile> = {
  kind: secureFileKind,
  find: findSecureFile,
  list: listSecureFiles,
  remove: deleteSecureFile,
  secretsOf: secretNamesOf,
};
