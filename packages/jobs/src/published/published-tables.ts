// The tables of published pipelines. Structured values are JSON text, times are milliseconds since 1970.
import type { Kysely } from 'kysely';
import type { PublishedStatus } from './published-pipeline.ts';

// A type and no interface: Kysely wants what it can index by any table's name.
export type PublishedTables = {
  readonly published_pipelines: PublishedPipelineTable;
  readonly pipeline_endpoints: PipelineEndpointTable;
  readonly pipeline_endpoint_versions: PipelineEndpointVersionTable;
};

export interface PublishedPipelineTable {
  pipeline_id: string;
  /** Counts up with each publication. */
  sequence: number;
  name: string;
  version: string;
  description: string;
  status: PublishedStatus;
  experiment_name: string;
  /** All that a start needs: the definition, and what the files that it names have become. */
  submission: string;
  parameters: string;
  steps: string;
  created_by: string;
  created_at: number;
  updated_at: number;
}

export interface PipelineEndpointTable {
  endpoint_id: string;
  sequence: number;
  name: string;
  description: string;
  status: PublishedStatus;
  default_version: number;
  created_by: string;
  created_at: number;
  updated_at: number;
}

export interface PipelineEndpointVersionTable {
  endpoint_id: string;
  /** From 0. */
  version: number;
  pipeline_id: string;
}

async function createPublishedTables(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('published_pipelines')
    .addColumn('pipeline_id', 'varchar(36)', (column) => column.primaryKey())
    .addColumn('sequence', 'bigint', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('experiment_name', 'text', (column) => column.notNull())
    .addColumn('submission', 'text', (column) => column.notNull())
    .addColumn('parameters', 'text', (column) => column.notNull())
    .addColumn('steps', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('published_pipelines_by_name', ['name', 'version'])
    .execute();
  await database.schema
    .createTable('pipeline_endpoints')
    .addColumn('endpoint_id', 'varchar(36)', (column) => column.primaryKey())
    .addColumn('sequence', 'bigint', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('default_version', 'integer', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('pipeline_endpoint_versions')
    .addColumn('endpoint_id', 'varchar(36)', (column) =>
      column.notNull().references('pipeline_endpoints.endpoint_id'),
    )
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('pipeline_id', 'varchar(36)', (column) =>
      column.notNull().references('published_pipelines.pipeline_id'),
    )
    .addPrimaryKeyConstraint('pipeline_endpoint_versions_key', ['endpoint_id', 'version'])
    .execute();
}

export const publishedMigrations = [
  { name: '0001_published_pipelines', up: createPublishedTables },
] as const;
