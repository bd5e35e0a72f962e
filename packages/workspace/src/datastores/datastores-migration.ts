// Makes the table of datastores.
import type { Migration } from '../database/migrate.ts';

export const datastoresMigration: Migration = {
  name: '0010_datastores',
  async up(database) {
    await database.schema
      .createTable('datastores')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('folder', 'text')
      .addColumn('staging', 'text', (column) => column.notNull())
      .addColumn('stand_in_for', 'text')
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('tags', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
