// What searches of runs walk along. Each logged value knows its run's experiment, which never changes:
// so one index finds by a value, and gives in the order of a value, within an experiment.
import { type Kysely, sql } from 'kysely';
import type { Migration } from '../database/migrate.ts';
import { indexedPart } from './indexed-text.ts';

export const runSearchMigration: Migration = {
  name: '0016_run_search',
  async up(database) {
    for (const table of ['latest_metrics', 'params', 'tags']) await addExperiment(database, table);
    await indexRuns(database);
    await database.schema
      .createIndex('latest_metrics_by_value')
      .on('latest_metrics')
      .columns(['experiment_id', 'key', 'is_nan', 'value', 'run_uuid'])
      .execute();
    await indexTexts(database, 'params');
    await indexTexts(database, 'tags');
  },
};

async function addExperiment(database: Kysely<unknown>, table: string): Promise<void> {
  // SQLite asks for a default; every row gets its own, here and when it is written.
  await database.schema
    .alterTable(table)
    .addColumn('experiment_id', 'integer', (column) => column.notNull().defaultTo(-1))
    .execute();
  const logged = sql.table(table);
  await sql`update ${logged} set experiment_id =
    (select runs.experiment_id from runs where runs.run_uuid = ${logged}.run_uuid)`.execute(
    database,
  );
}

/** In the order in which searches give runs that ask for no other. */
async function indexRuns(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropIndex('index_runs_experiment_id_start_time').execute();
  await database.schema
    .createIndex('runs_by_start')
    .on('runs')
    .columns(['experiment_id', 'lifecycle_stage', 'start_time desc', 'run_uuid'])
    .execute();
}

async function indexTexts(database: Kysely<unknown>, table: string): Promise<void> {
  await database.schema
    .createIndex(`${table}_by_value`)
    .on(table)
    .columns(['experiment_id', 'key'])
    .column(indexedPart(sql.ref('value')))
    .column('run_uuid')
    .execute();
}
