// Keeps pipeline endpoints. Every change is on disk before its promise resolves.
import type { WorkspaceDatabase } from '@ridgeline/workspace';
import type { Kysely, Transaction } from 'kysely';
import { JobError } from '../errors.ts';
import {
  appendVersion,
  insertEndpoint,
  insertVersion,
  type PipelineEndpointRow,
} from './endpoint-rows.ts';
import type { PipelineEndpointVersionTable, PublishedTables } from './published-tables.ts';

export interface StoredPipelineEndpoint {
  readonly endpoint: PipelineEndpointRow;
  /** The oldest first. */
  readonly versions: readonly Readonly<PipelineEndpointVersionTable>[];
}

type NewEndpoint = Pick<
  PipelineEndpointRow,
  'endpoint_id' | 'name' | 'description' | 'created_by'
> & { readonly pipeline_id: string };

export class PipelineEndpointStore {
  readonly #database: WorkspaceDatabase;
  readonly #reader: Kysely<PublishedTables>;

  constructor(database: WorkspaceDatabase) {
    this.#database = database;
    this.#reader = database.kysely.withTables<PublishedTables>();
  }

  /** @throws JobError PIPELINE_ENDPOINT_EXISTS */
  async insert({ pipeline_id, ...endpoint }: NewEndpoint, now: number): Promise<void> {
    await this.#write(async (tables) => {
      await assertFree(tables, endpoint.name);
      await insertEndpoint(tables, endpoint, now);
      const { endpoint_id } = endpoint;
      await insertVersion(tables, { endpoint_id, version: 0, pipeline_id });
    });
  }

  async append(
    endpointId: string,
    pipelineId: string,
    options: { readonly isDefault: boolean; readonly now: number },
  ): Promise<void> {
    await this.#write((tables) => appendVersion(tables, endpointId, pipelineId, options));
  }

  async update(endpointId: string, change: Partial<PipelineEndpointRow>): Promise<void> {
    await this.#write((tables) =>
      tables
        .updateTable('pipeline_endpoints')
        .set(change)
        .where('endpoint_id', '=', endpointId)
        .execute(),
    );
  }

  async findById(id: string): Promise<StoredPipelineEndpoint | null> {
    return this.#findBy('endpoint_id', id);
  }

  async findByName(name: string): Promise<StoredPipelineEndpoint | null> {
    return this.#findBy('name', name);
  }

  /** The newest first. */
  async list(limit: number): Promise<readonly StoredPipelineEndpoint[]> {
    const query = this.#reader.selectFrom('pipeline_endpoints').selectAll();
    return this.#withVersions(await query.orderBy('sequence', 'desc').limit(limit).execute());
  }

  async #findBy(
    column: 'endpoint_id' | 'name',
    value: string,
  ): Promise<StoredPipelineEndpoint | null> {
    const query = this.#reader.selectFrom('pipeline_endpoints').selectAll();
    const rows = await query.where(column, '=', value).execute();
    const [found = null] = await this.#withVersions(rows);
    return found;
  }

  async #withVersions(
    endpoints: readonly PipelineEndpointRow[],
  ): Promise<readonly StoredPipelineEndpoint[]> {
    if (endpoints.length === 0) return [];
    const ids = endpoints.map(({ endpoint_id }) => endpoint_id);
    const query = this.#reader.selectFrom('pipeline_endpoint_versions').selectAll();
    const versions = await query.where('endpoint_id', 'in', ids).orderBy('version').execute();
    const byEndpoint = Map.groupBy(versions, ({ endpoint_id }) => endpoint_id);
    return endpoints.map((endpoint) => ({
      endpoint,
      versions: byEndpoint.get(endpoint.endpoint_id) ?? [],
    }));
  }

  async #write<T>(work: (tables: Transaction<PublishedTables>) => Promise<T>): Promise<T> {
    return this.#database.write((transaction) => work(transaction.withTables<PublishedTables>()));
  }
}

async function assertFree(tables: Transaction<PublishedTables>, name: string): Promise<void> {
  const query = tables.selectFrom('pipeline_endpoints').select('endpoint_id');
  const found = await query.where('name', '=', name).executeTakeFirst();
  if (found === undefined) return;
  const message =
    `a pipeline endpoint '${name}' exists already; add the pipeline to it as a version, ` +
    'or give another name';
  throw new JobError('PIPELINE_ENDPOINT_EXISTS', message);
}
