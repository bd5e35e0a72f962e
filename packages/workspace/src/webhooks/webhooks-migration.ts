// Makes the tables of webhooks.
import type { Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';

export const webhooksMigration: Migration = {
  name: '0014_webhooks',
  async up(database) {
    await createWebhooks(database);
    await createEvents(database);
    await createDeliveries(database);
  },
};

async function createWebhooks(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('webhooks')
    .addColumn('webhook_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('secret_name', 'text')
    .addColumn('creation_timestamp', 'bigint', (column) => column.notNull())
    .addColumn('last_updated_timestamp', 'bigint', (column) => column.notNull())
    .addColumn('claimed_until', 'bigint', (column) => column.notNull())
    .execute();
}

async function createEvents(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('webhook_events')
    .addColumn('webhook_id', 'text', (column) =>
      column.notNull().references('webhooks.webhook_id').onDelete('cascade'),
    )
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('webhook_event_pk', ['entity', 'action', 'webhook_id'])
    .execute();
}

async function createDeliveries(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('webhook_deliveries')
    .addColumn('delivery_id', 'text', (column) => column.primaryKey())
    .addColumn('webhook_id', 'text', (column) =>
      column.notNull().references('webhooks.webhook_id').onDelete('cascade'),
    )
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex('index_webhook_deliveries_webhook_id_delivery_id')
    .on('webhook_deliveries')
    .columns(['webhook_id', 'delivery_id'])
    .execute();
}
