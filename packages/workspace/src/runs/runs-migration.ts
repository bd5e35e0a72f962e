// Makes the tables of runs. Keys begin with the run, as nearly every question is about one run.
import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';

export const runsMigration: Migration = {
  name: '0002_runs',
  async up(database) {
    await createRuns(database);
    await createMetrics(database, 'metrics', 'metric_pk', metricIdentity);
    await createMetrics(database, 'latest_metrics', 'latest_metric_pk', ['run_uuid', 'key']);
    await createKeyValues(database, 'params', 'param_pk');
    await createKeyValues(database, 'tags', 'tag_pk');
    await createDatasets(database);
    await createInputs(database);
  },
};

/** A point sent twice is one point, because all of it is its identity. */
const metricIdentity = ['run_uuid', 'key', 'timestamp', 'step', 'value', 'is_nan'] as const;

async function createRuns(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('runs')
    .addColumn('run_uuid', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('source_type', 'text', (column) => column.notNull())
    .addColumn('source_name', 'text', (column) => column.notNull())
    .addColumn('entry_point_name', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('start_time', 'bigint', (column) => column.notNull())
    .addColumn('end_time', 'bigint')
    .addColumn('deleted_time', 'bigint')
    .addColumn('source_version', 'text', (column) => column.notNull())
    .addColumn('lifecycle_stage', 'text', (column) => column.notNull())
    .addColumn('artifact_uri', 'text', (column) => column.notNull())
    .addColumn('experiment_id', 'integer', (column) =>
      column.notNull().references('experiments.experiment_id'),
    )
    .execute();
  await database.schema
    .createIndex('index_runs_experiment_id_start_time')
    .on('runs')
    .columns(['experiment_id', 'start_time'])
    .execute();
}

async function createMetrics(
  database: Kysely<unknown>,
  table: string,
  keyName: string,
  keyColumns: readonly ('run_uuid' | 'key' | 'timestamp' | 'step' | 'value' | 'is_nan')[],
): Promise<void> {
  await withRun(database.schema.createTable(table))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'double precision', (column) => column.notNull())
    .addColumn('timestamp', 'bigint', (column) => column.notNull())
    .addColumn('step', 'bigint', (column) => column.notNull())
    .addColumn('is_nan', 'boolean', (column) => column.notNull())
    .addPrimaryKeyConstraint(keyName, [...keyColumns])
    .execute();
}

async function createKeyValues(
  database: Kysely<unknown>,
  table: string,
  keyName: string,
): Promise<void> {
  await withRun(database.schema.createTable(table))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint(keyName, ['run_uuid', 'key'])
    .execute();
}

function withRun(table: CreateTableBuilder<string>): CreateTableBuilder<string, 'run_uuid'> {
  return table.addColumn('run_uuid', 'text', (column) =>
    column.notNull().references('runs.run_uuid'),
  );
}

async function createDatasets(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('datasets')
    .addColumn('dataset_uuid', 'text', (column) => column.notNull().unique())
    .addColumn('experiment_id', 'integer', (column) =>
      column.notNull().references('experiments.experiment_id'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('dataset_source_type', 'text', (column) => column.notNull())
    .addColumn('dataset_source', 'text', (column) => column.notNull())
    .addColumn('dataset_schema', 'text')
    .addColumn('dataset_profile', 'text')
    .addPrimaryKeyConstraint('dataset_pk', ['experiment_id', 'name', 'digest'])
    .execute();
}

async function createInputs(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('inputs')
    .addColumn('input_uuid', 'text', (column) => column.notNull().unique())
    .addColumn('source_type', 'text', (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('destination_type', 'text', (column) => column.notNull())
    .addColumn('destination_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('inputs_pk', [
      'destination_type',
      'destination_id',
      'source_type',
      'source_id',
    ])
    .execute();
  await database.schema
    .createTable('input_tags')
    .addColumn('input_uuid', 'text', (column) => column.notNull().references('inputs.input_uuid'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('input_tags_pk', ['input_uuid', 'name'])
    .execute();
}
