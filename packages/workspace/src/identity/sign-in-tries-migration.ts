// Makes the table of tries at signing in.
import type { Migration } from '../database/migrate.ts';

export const signInTriesMigration: Migration = {
  name: '0019_sign_in_tries',
  async up({ schema }) {
    await schema
      .createTable('sign_in_tries')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('sign_in_tries_end').on('sign_in_tries').column('ends_at').execute();
  },
};
