// Makes the table of computes.
import type { Migration } from '../database/migrate.ts';

export const computesMigration: Migration = {
  name: '0007_computes',
  async up(database) {
    await database.schema
      .createTable('computes')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('size', 'text')
      .addColumn('min_instances', 'integer', (column) => column.notNull())
      .addColumn('max_instances', 'integer', (column) => column.notNull())
      .addColumn('idle_seconds', 'integer', (column) => column.notNull())
      .addColumn('tier', 'text', (column) => column.notNull())
      .addColumn('properties', 'text', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('tags', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
