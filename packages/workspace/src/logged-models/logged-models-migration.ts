// Makes the tables of logged models, and the arrows between them and runs.
import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';

export const loggedModelsMigration: Migration = {
  name: '0013_logged_models',
  async up(database) {
    await createLoggedModels(database);
    await createKeyValues(database, 'logged_model_params', 'logged_model_param_pk');
    await createKeyValues(database, 'logged_model_tags', 'logged_model_tag_pk');
    await createMetrics(database);
    await addArrows(database);
    await addStorageLocation(database);
  },
};

async function createLoggedModels(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('logged_models')
    .addColumn('model_id', 'text', (column) => column.primaryKey())
    .addColumn('experiment_id', 'integer', (column) =>
      column.notNull().references('experiments.experiment_id'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('artifact_location', 'text', (column) => column.notNull())
    .addColumn('creation_timestamp_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_updated_timestamp_ms', 'bigint', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('lifecycle_stage', 'text', (column) => column.notNull())
    .addColumn('model_type', 'text')
    .addColumn('source_run_id', 'text')
    .addColumn('status_message', 'text')
    .execute();
  await createIndex(database, 'logged_models', ['experiment_id', 'creation_timestamp_ms']);
  await createIndex(database, 'logged_models', ['source_run_id']);
}

async function createKeyValues(
  database: Kysely<unknown>,
  table: string,
  keyName: string,
): Promise<void> {
  await withModel(database.schema.createTable(table))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint(keyName, ['model_id', 'key'])
    .execute();
}

async function createMetrics(database: Kysely<unknown>): Promise<void> {
  await withModel(database.schema.createTable('logged_model_metrics'))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'double precision', (column) => column.notNull())
    .addColumn('is_nan', 'boolean', (column) => column.notNull())
    .addColumn('timestamp', 'bigint', (column) => column.notNull())
    .addColumn('step', 'bigint', (column) => column.notNull())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('dataset_name', 'text')
    .addColumn('dataset_digest', 'text')
    .addPrimaryKeyConstraint('logged_model_metric_pk', [
      'model_id',
      'key',
      'timestamp',
      'step',
      'run_id',
    ])
    .execute();
  await createIndex(database, 'logged_model_metrics', ['run_id']);
}

/** A model may be of several runs, and a run of several models, at a step. */
async function addArrows(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('inputs')
    .addColumn('step', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await createIndex(database, 'inputs', ['source_type', 'source_id']);
}

/** Of versions that are registered from another model: where that one's files are. */
async function addStorageLocation(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('model_versions')
    .addColumn('storage_location', 'text')
    .execute();
}

function withModel(table: CreateTableBuilder<string>): CreateTableBuilder<string, 'model_id'> {
  return table.addColumn('model_id', 'text', (column) =>
    column.notNull().references('logged_models.model_id'),
  );
}

async function createIndex(
  database: Kysely<unknown>,
  table: string,
  columns: readonly string[],
): Promise<void> {
  await database.schema
    .createIndex(`index_${table}_${columns.join('_')}`)
    .on(table)
    .columns([...columns])
    .execute();
}
