// Makes the tables of the model registry. Renaming a model renames it everywhere (on update
// cascade), because its name is its key.
import type { Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';

export const modelsMigration: Migration = {
  name: '0003_models',
  async up(database) {
    await createRegisteredModels(database);
    await createRegisteredModelTags(database);
    await createModelVersions(database);
    await createModelVersionTags(database);
    await createAliases(database);
  },
};

async function createRegisteredModels(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('registered_models')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('creation_time', 'bigint', (column) => column.notNull())
    .addColumn('last_updated_time', 'bigint', (column) => column.notNull())
    .addColumn('description', 'text')
    .execute();
}

async function createRegisteredModelTags(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('registered_model_tags')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('registered_model_tag_pk', ['name', 'key'])
    .addForeignKeyConstraint(
      'registered_model_tag_name_fkey',
      ['name'],
      'registered_models',
      ['name'],
      (constraint) => constraint.onUpdate('cascade').onDelete('cascade'),
    )
    .execute();
}

async function createModelVersions(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('model_versions')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('creation_time', 'bigint', (column) => column.notNull())
    .addColumn('last_updated_time', 'bigint', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('user_id', 'text')
    .addColumn('current_stage', 'text', (column) => column.notNull())
    .addColumn('source', 'text')
    .addColumn('run_id', 'text')
    .addColumn('run_link', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('status_message', 'text')
    .addPrimaryKeyConstraint('model_version_pk', ['name', 'version'])
    .addForeignKeyConstraint(
      'model_version_name_fkey',
      ['name'],
      'registered_models',
      ['name'],
      (constraint) => constraint.onUpdate('cascade').onDelete('cascade'),
    )
    .execute();
}

async function createModelVersionTags(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('model_version_tags')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('model_version_tag_pk', ['name', 'version', 'key'])
    .addForeignKeyConstraint(
      'model_version_tag_version_fkey',
      ['name', 'version'],
      'model_versions',
      ['name', 'version'],
      (constraint) => constraint.onUpdate('cascade').onDelete('cascade'),
    )
    .execute();
}

async function createAliases(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('registered_model_aliases')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('alias', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('registered_model_alias_pk', ['name', 'alias'])
    .addForeignKeyConstraint(
      'registered_model_alias_name_fkey',
      ['name'],
      'registered_models',
      ['name'],
      (constraint) => constraint.onUpdate('cascade').onDelete('cascade'),
    )
    .execute();
}
