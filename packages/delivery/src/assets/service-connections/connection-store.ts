// Keeps service connections with their permissions; of their secrets only the names.
import type { ServiceConnectionTable } from '../../database/asset-tables.ts';
import type { DeliveryReader, DeliveryWriter } from '../../database/delivery-database.ts';
import { connectionKind } from '../asset-kind.ts';
import { keyOf } from '../check-words.ts';
import type { AssetStore } from '../kept-assets.ts';
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
  return (await complete(tables, row === undefined ? [] : [row]))[0] ?? null;
}

/** By name. */
async function listConnections(
  tables: DeliveryReader,
  limit: number,
): Promise<readonly StoredConnection[]> {
  const query = tables.selectFrom('service_connections').selectAll();
  return complete(tables, await query.orderBy('name_key').limit(limit).execute());
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

async function deleteConnection(
  tables: DeliveryWriter,
  { row: { connection_id } }: StoredConnection,
): Promise<void> {
  await putPermittedPipelines(tables, connection_id, []);
  await tables
    .deleteFrom('service_connections')
    .where('connection_id', '=', connection_id)
    .execute();
}

/** Parameter → the secret of the workspace that holds it. */
export function secretParameters({ secret_parameters }: StoredConnection['row']): Texts {
  return JSON.parse(secret_parameters);
}

export const connectionStore: AssetStore<StoredConnection> = {
  kind: connectionKind,
  find: findConnection,
  list: listConnections,
  remove: deleteConnection,
  secretsOf: ({ row }) => Object.values(secretParameters(row)),
};
