// Makes the tables of experiments, with MLflow's own experiment 0, into which clients log that
// never chose one.
import type { Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';
import type { ExperimentTables } from './experiment-tables.ts';

export const experimentsMigration: Migration = {
  name: '0001_experiments',
  async up(database) {
    await createExperiments(database);
    await createExperimentTags(database);
    await insertDefaultExperiment(database.$extendTables<ExperimentTables>());
  },
};

async function createExperiments(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('experiments')
    // Autoincrement: the id of a purged experiment is never given to another one.
    .addColumn('experiment_id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('artifact_location', 'text')
    .addColumn('lifecycle_stage', 'text', (column) => column.notNull())
    .addColumn('creation_time', 'bigint', (column) => column.notNull())
    .addColumn('last_update_time', 'bigint', (column) => column.notNull())
    .execute();
}

async function createExperimentTags(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('experiment_tags')
    .addColumn('experiment_id', 'integer', (column) =>
      column.notNull().references('experiments.experiment_id'),
    )
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('experiment_tag_pk', ['experiment_id', 'key'])
    .execute();
}

async function insertDefaultExperiment(database: Kysely<ExperimentTables>): Promise<void> {
  const now = Date.now();
  const row = {
    experiment_id: 0,
    name: 'Default',
    artifact_location: 'mlflow-artifacts:/0',
    lifecycle_stage: 'active',
    creation_time: now,
    last_update_time: now,
  } as const;
  await database.insertInto('experiments').values(row).execute();
}
