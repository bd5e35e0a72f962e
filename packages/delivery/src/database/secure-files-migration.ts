// Makes the table of secure files, and the places for what environments have learned since the first.
import type { Migration } from '@ridgeline/workspace';

export const secureFilesMigration: Migration = {
  name: '0004_secure_files',
  async up({ schema }) {
    await schema
      .createTable('secure_files')
      .addColumn('file_id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('name_key', 'text', (column) => column.notNull().unique())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('size_bytes', 'bigint', (column) => column.notNull())
      .addColumn('secret_names', 'text', (column) => column.notNull())
      .addColumn('allow_all_pipelines', 'integer', (column) => column.notNull())
      .execute();
    await schema
      .alterTable('deployments')
      .addColumn('commit_id', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await schema
      .alterTable('build_approvals')
      .addColumn('in_sequence', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
