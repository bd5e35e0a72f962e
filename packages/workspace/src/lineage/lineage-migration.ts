// Makes the tables of lineage. That of a model version goes with it, and is renamed with it.
import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';

export const lineageMigration: Migration = {
  name: '0017_lineage',
  async up(database) {
    await createRunSources(database);
    await createVersionSources(database);
    await ofVersion(database.schema.createTable('model_version_lineage'), 'lineage')
      .addColumn('facts', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('model_version_lineage_pk', ['name', 'version'])
      .execute();
  },
};

const sourceColumns = ['kind', 'source_name', 'source_version'] as const;

async function createRunSources(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('run_sources')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('source_name', 'text', (column) => column.notNull())
    .addColumn('source_version', 'text', (column) => column.notNull())
    .addColumn('input', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_sources_pk', ['run_id', ...sourceColumns, 'input'])
    .execute();
  await database.schema
    .createIndex('run_sources_by_source')
    .on('run_sources')
    .columns(['source_name', 'source_version'])
    .execute();
}

async function createVersionSources(database: Kysely<unknown>): Promise<void> {
  await ofVersion(database.schema.createTable('model_version_sources'), 'sources')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('source_name', 'text', (column) => column.notNull())
    .addColumn('source_version', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('model_version_sources_pk', ['name', 'version', ...sourceColumns])
    .execute();
  await database.schema
    .createIndex('model_version_sources_by_source')
    .on('model_version_sources')
    .columns(['source_name', 'source_version'])
    .execute();
}

function ofVersion(table: CreateTableBuilder<string>, what: string) {
  return table
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addForeignKeyConstraint(
      `model_version_${what}_fkey`,
      ['name', 'version'],
      'model_versions',
      ['name', 'version'],
      (constraint) => constraint.onUpdate('cascade').onDelete('cascade'),
    );
}
