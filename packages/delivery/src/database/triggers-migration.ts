// Makes the tables of the triggers.
import type { Migration } from '@ridgeline/workspace';
import type { Kysely } from 'kysely';

async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable('delivery_watches')
    .addColumn('pipeline_id', 'integer', (column) => column.primaryKey())
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .execute();
  await schema
    .createTable('delivery_heads')
    .addColumn('pipeline_id', 'integer', (column) => column.notNull())
    .addColumn('ref', 'text', (column) => column.notNull())
    .addColumn('commit_id', 'varchar(64)', (column) => column.notNull())
    .addPrimaryKeyConstraint('delivery_heads_key', ['pipeline_id', 'ref'])
    .execute();
  await schema
    .createTable('delivery_batches')
    .addColumn('pipeline_id', 'integer', (column) => column.notNull())
    .addColumn('ref', 'text', (column) => column.notNull())
    .addColumn('event_id', 'varchar(32)', (column) => column.notNull())
    .addColumn('waiting', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('delivery_batches_key', ['pipeline_id', 'ref'])
    .execute();
  await schema
    .createTable('delivery_schedules')
    .addColumn('pipeline_id', 'integer', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('looked_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('delivery_schedules_key', ['pipeline_id', 'source'])
    .execute();
  await schema
    .createTable('delivery_completions')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .execute();
  await createEvents(database);
}

async function createEvents({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('delivery_trigger_events')
    .addColumn('event_id', 'varchar(32)', (column) => column.primaryKey())
    .addColumn('sequence', 'bigint', (column) => column.notNull().unique())
    .addColumn('pipeline_id', 'integer', (column) => column.notNull())
    .addColumn('event_key', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('kind', 'varchar(16)', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('branch', 'text', (column) => column.notNull())
    .addColumn('commit_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('reason', 'varchar(32)', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('noted_at', 'bigint', (column) => column.notNull())
    .addColumn('build_id', 'integer')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addUniqueConstraint('delivery_trigger_events_once', ['pipeline_id', 'event_key'])
    .execute();
  const byStatus = schema.createIndex('delivery_trigger_events_by_status');
  await byStatus.on('delivery_trigger_events').column('status').execute();
}

export const triggersMigration: Migration = { name: '0003_triggers', up };
