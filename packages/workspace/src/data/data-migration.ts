// Makes the table of data assets.
import type { Migration } from '../database/migrate.ts';

export const dataMigration: Migration = {
  name: '0004_data',
  async up(database) {
    await database.schema
      .createTable('data_assets')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('tags', 'text', (column) => column.notNull())
      .addColumn('uri', 'text', (column) => column.notNull())
      .addColumn('size_bytes', 'bigint', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('schema', 'text')
      .addColumn('profile', 'text')
      .addColumn('row_count', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('data_asset_pk', ['name', 'version'])
      .addUniqueConstraint('data_asset_position_key', ['name', 'position'])
      .execute();
  },
};
