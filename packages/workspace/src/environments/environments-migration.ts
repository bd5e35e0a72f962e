// Makes the table of environments.
import type { Migration } from '../database/migrate.ts';

export const environmentsMigration: Migration = {
  name: '0012_environments',
  async up(database) {
    await database.schema
      .createTable('environments')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('notes', 'text', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('tags', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('environment_pk', ['name', 'version'])
      .addUniqueConstraint('environment_position_key', ['name', 'position'])
      .execute();
  },
};
