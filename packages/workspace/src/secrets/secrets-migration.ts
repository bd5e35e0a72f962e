// Makes the table of secrets.
import type { Migration } from '../database/migrate.ts';

export const secretsMigration: Migration = {
  name: '0005_secrets',
  async up(database) {
    await database.schema
      .createTable('secrets')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('ciphertext', 'blob', (column) => column.notNull())
      .addColumn('tag', 'blob', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
