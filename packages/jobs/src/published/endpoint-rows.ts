// The rows of pipeline endpoints, written within a transaction of the caller.
import type { Transaction } from 'kysely';
import type { PipelineEndpointTable, PublishedTables } from './published-tables.ts';

export type PipelineEndpointRow = Readonly<PipelineEndpointTable>;

interface NewEndpointVersion {
  readonly name: string;
  /** The id of the endpoint where it has to be made. */
  readonly newId: string;
  readonly pipeline_id: string;
  readonly created_by: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Puts a pipeline behind the endpoint of a name, as its default; makes the endpoint if need be. */
export async function addEndpointVersion(
  tables: Transaction<PublishedTables>,
  { name, newId, pipeline_id, created_by, now }: NewEndpointVersion,
): Promise<void> {
  const found = await tables
    .selectFrom('pipeline_endpoints')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  if (found === undefined) {
    await insertEndpoint(tables, { endpoint_id: newId, name, description: '', created_by }, now);
    await insertVersion(tables, { endpoint_id: newId, version: 0, pipeline_id });
    return;
  }
  await appendVersion(tables, found.endpoint_id, pipeline_id, { isDefault: true, now });
}

export async function insertEndpoint(
  tables: Transaction<PublishedTables>,
  endpoint: Pick<PipelineEndpointRow, 'endpoint_id' | 'name' | 'description' | 'created_by'>,
  now: number,
): Promise<void> {
  const { last } = await tables
    .selectFrom('pipeline_endpoints')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow();
  const sequence = Number(last ?? 0) + 1;
  const beginning = { status: 'Active', default_version: 0, created_at: now } as const;
  const row = { ...endpoint, ...beginning, sequence, updated_at: now };
  await tables.insertInto('pipeline_endpoints').values(row).execute();
}

export async function insertVersion(
  tables: Transaction<PublishedTables>,
  row: PublishedTables['pipeline_endpoint_versions'],
): Promise<void> {
  await tables.insertInto('pipeline_endpoint_versions').values(row).execute();
}

export async function appendVersion(
  tables: Transaction<PublishedTables>,
  endpointId: string,
  pipelineId: string,
  { isDefault, now }: { readonly isDefault: boolean; readonly now: number },
): Promise<void> {
  const { last } = await tables
    .selectFrom('pipeline_endpoint_versions')
    .select(({ fn }) => fn.max('version').as('last'))
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirstOrThrow();
  const version = Number(last ?? -1) + 1;
  await insertVersion(tables, { endpoint_id: endpointId, version, pipeline_id: pipelineId });
  await tables
    .updateTable('pipeline_endpoints')
    .set({ updated_at: now, ...(isDefault && { default_version: version }) })
    .where('endpoint_id', '=', endpointId)
    .execute();
}
