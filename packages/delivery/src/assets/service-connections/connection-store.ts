// Keeps service connections with their permissions; of their secrets only the names.
import type { ServiceConnectionTable } from '../../database/asset-tables.ts';
import type {
  DeliveryDatabase,
  DeliveryReader,
  DeliveryWriter,
} from '../../database/delivery-database.ts';
import { keyOf } from '../check-words.ts';
import { permittedPipelines, putPermittedPipelines } from '../pipeline-permissions.ts';

export interface StoredConnection {
  readonly row: Readonly<ServiceConnectionTable>;
  readonly pipelines: readonly string[];
}

export type Texts = Readonly<Record<string, string>>;

/** By its name, or its id as tasks may have it. */
export async function findConnection(
  tables: DeliveryReader,
  name: string,
): Promise<StoredConnection | null> {
  const key = keyOf(name);
  const rows = await tables
    .selectFrom('service_connections')
    .selectAll()
    .where(({ eb, or }) => or([eb('name_key', '=', key), eb('connection_id', '=', key)]))
    .execute();
  const row = rows.find(({ name_key }) => name_key === key) ?? rows[0];
  return row === undefined ? null : ((await complete(tables, [row]))[0] ?? null);
}

/** By name. */
export async function listConnections(
  { reader }: DeliveryDatabase,
  limit: number,
): Promise<readonly StoredConnection[]> {
  const query = reader.selectFrom('service_connections').selectAll();
  return complete(reader, await query.orderBy('name_key').limit(limit).execute());
}

export async function connectionNames(tables: DeliveryReader): Promise<readonly string[]> {
  const query = tables.selectFrom('service_connections').select('name');
  return (await query.orderBy('name').execute()).map(({ name }) => name);
}

async function complete(
  tables: DeliveryReader,
  rows: readonly ServiceConnectionTable[],
): Promise<readonly StoredConnection[]> {
  const ids = rows.map(({ connection_id }) => connection_id);
  const pipelines = await permittedPipelines(tables, ids);
  return rows.map((row) => ({ row, pipelines: pipelines.get(row.connection_id) ?? [] }));
}

/** In the place of what was there. */
export async function putConnection(
  tables: DeliveryWriter,
  { row, pipelines }: StoredConnection,
): Promise<void> {
  const { connection_id, ...change } = row;
  const insert = tables.insertInto('service_connections').values(row);
  await insert.onConflict((on) => on.column('connection_id').doUpdateSet(change)).execute();
  await putPermittedPipelines(tables, connection_id, pipelines);
}

export async function deleteConnection(tables: DeliveryWriter, id: string): Promise<void> {
  await putPermittedPipelines(tables, id, []);
  await tables.deleteFrom('service_connections').where('connection_id', '=', id).execute();
}

/** Parameter → the secret of the workspace that holds it. */
export function secretParameters({ secret_parameters }: StoredConnection['row']): Texts {
  return JSON.parse(secret_parameters);
}
