// Keeps published pipelines. Every change is on disk before its promise resolves.
import type { WorkspaceDatabase } from '@ridgeline/workspace';
import type { Kysely, Transaction } from 'kysely';
import { JobError } from '../errors.ts';
import { addEndpointVersion } from './endpoint-rows.ts';
import type { PipelineFilter, PublishedStatus } from './published-pipeline.ts';
import type { PublishedPipelineTable, PublishedTables } from './published-tables.ts';

export type PublishedPipelineRow = Readonly<PublishedPipelineTable>;

/** A publication that has been checked; its version is still open where none was given. */
export interface NewPublishedPipeline
  extends Omit<PublishedPipelineRow, 'sequence' | 'version' | 'status' | 'updated_at'> {
  readonly version: string | null;
  /** The endpoint that it becomes the default of. */
  readonly endpoint: { readonly name: string; readonly newId: string } | null;
}

export class PublishedStore {
  readonly #database: WorkspaceDatabase;
  readonly #reader: Kysely<PublishedTables>;

  constructor(database: WorkspaceDatabase) {
    this.#database = database;
    this.#reader = database.kysely.withTables<PublishedTables>();
  }

  /**
   * All of a publication, or nothing: the pipeline, and its place behind an endpoint.
   * @throws JobError PIPELINE_VERSION_EXISTS
   */
  async insert({ endpoint, ...pipeline }: NewPublishedPipeline): Promise<PublishedPipelineRow> {
    return this.#write(async (tables) => {
      const row = {
        ...pipeline,
        sequence: await nextSequence(tables),
        version: await freeVersion(tables, pipeline.name, pipeline.version),
        status: 'Active',
        updated_at: pipeline.created_at,
      } as const;
      await tables.insertInto('published_pipelines').values(row).execute();
      if (endpoint !== null) {
        const { pipeline_id, created_by, created_at: now } = row;
        await addEndpointVersion(tables, { ...endpoint, pipeline_id, created_by, now });
      }
      return row;
    });
  }

  async find(id: string): Promise<PublishedPipelineRow | undefined> {
    const query = this.#reader.selectFrom('published_pipelines').selectAll();
    return query.where('pipeline_id', '=', id).executeTakeFirst();
  }

  async list(filter: PipelineFilter): Promise<readonly PublishedPipelineRow[]> {
    let query = this.#reader.selectFrom('published_pipelines').selectAll();
    if (filter.name !== undefined) query = query.where('name', '=', filter.name);
    if (filter.version !== undefined) query = query.where('version', '=', filter.version);
    if (filter.status !== undefined) query = query.where('status', '=', filter.status);
    return query.orderBy('sequence', 'desc').limit(filter.limit).execute();
  }

  /** False where there is no such pipeline. */
  async setStatus(id: string, status: PublishedStatus, now: number): Promise<boolean> {
    if ((await this.find(id)) === undefined) return false;
    return this.#write(async (tables) => {
      const change = tables.updateTable('published_pipelines').set({ status, updated_at: now });
      const { numUpdatedRows } = await change
        .where('pipeline_id', '=', id)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    });
  }

  async #write<T>(work: (tables: Transaction<PublishedTables>) => Promise<T>): Promise<T> {
    return this.#database.write((transaction) => work(transaction.withTables<PublishedTables>()));
  }
}

async function nextSequence(tables: Transaction<PublishedTables>): Promise<number> {
  const { last } = await tables
    .selectFrom('published_pipelines')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

/** @throws JobError PIPELINE_VERSION_EXISTS */
async function freeVersion(
  tables: Transaction<PublishedTables>,
  name: string,
  wanted: string | null,
): Promise<string> {
  const rows = await tables
    .selectFrom('published_pipelines')
    .select('version')
    .where('name', '=', name)
    .execute();
  const taken = rows.map(({ version }) => version);
  if (wanted === null) return nextVersion(taken);
  if (!taken.includes(wanted)) return wanted;
  const message =
    `pipeline '${name}' has been published as version '${wanted}' already; give another version, ` +
    'or none to have it counted up';
  throw new JobError('PIPELINE_VERSION_EXISTS', message);
}

function nextVersion(taken: readonly string[]): string {
  const numbers = taken.filter((version) => /^\d{1,15}$/.test(version)).map(Number);
  return String(numbers.reduce((greatest, number) => Math.max(greatest, number), 0) + 1);
}
