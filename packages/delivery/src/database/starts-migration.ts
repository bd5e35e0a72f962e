// What starts builds, made later than the rest: pull requests, the other repositories that are
// watched, the secrets of hooks, and which event a build came from.
import type { Migration } from '@ridgeline/workspace';
import type { Kysely } from 'kysely';

async function up(database: Kysely<unknown>): Promise<void> {
  await extendBuilds(database);
  await extendPipelines(database);
  const { schema } = database;
  await schema
    .createTable('delivery_pull_requests')
    .addColumn('pipeline_id', 'integer', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('tip', 'text', (column) => column.notNull())
    .addColumn('decided', 'text', (column) => column.notNull())
    .addColumn('facts', 'text')
    .addColumn('facts_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('delivery_pull_requests_key', ['pipeline_id', 'number'])
    .execute();
  await schema
    .createTable('delivery_local_pull_requests')
    .addColumn('pipeline_id', 'integer', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('delivery_local_pull_requests_key', ['pipeline_id', 'number'])
    .addUniqueConstraint('delivery_local_pull_requests_once', ['pipeline_id', 'source', 'target'])
    .execute();
  await schema
    .createTable('delivery_other_watches')
    .addColumn('pipeline_id', 'integer', (column) => column.notNull())
    .addColumn('alias', 'text', (column) => column.notNull())
    .addColumn('repository', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('delivery_other_watches_key', ['pipeline_id', 'alias'])
    .execute();
}

async function extendBuilds({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('builds').addColumn('trigger_event', 'varchar(32)').execute();
  await schema
    .alterTable('builds')
    .addColumn('appends_message', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  // Whatever goes wrong, an event has one build.
  const once = schema.createIndex('builds_once_per_event').unique().on('builds');
  await once.column('trigger_event').execute();
}

async function extendPipelines({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable('delivery_pipelines')
    .addColumn('build_forks', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('delivery_pipelines').addColumn('hook_secret_at', 'bigint').execute();
}

export const startsMigration: Migration = { name: '0005_build_starts', up };
