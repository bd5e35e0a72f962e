// Makes the table of components.
import type { Migration } from '../database/migrate.ts';

export const componentsMigration: Migration = {
  name: '0009_components',
  async up(database) {
    await database.schema
      .createTable('components')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('display_name', 'text')
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('tags', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('file_name', 'text', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('components', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('component_pk', ['name', 'version'])
      .addUniqueConstraint('component_position_key', ['name', 'position'])
      .execute();
  },
};
