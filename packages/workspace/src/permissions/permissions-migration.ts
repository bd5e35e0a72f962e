// Makes the tables of permissions. A permission ends with its person and with its thing, and goes
// along where a model is renamed: the database itself sees to that. A step's token says for whom it acts.
import type { Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';

type Schema = Kysely<unknown>['schema'];

export const permissionsMigration: Migration = {
  name: '0022_permissions',
  async up({ schema }) {
    await schema
      .createTable('experiment_permissions')
      .addColumn('experiment_id', 'integer', (column) =>
        column.notNull().references('experiments.experiment_id').onDelete('cascade'),
      )
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('permission', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('experiment_permission_pk', ['experiment_id', 'user_id'])
      .execute();
    await schema
      .createTable('registered_model_permissions')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('permission', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('registered_model_permission_pk', ['name', 'user_id'])
      .addForeignKeyConstraint(
        'registered_model_permission_name_fkey',
        ['name'],
        'registered_models',
        ['name'],
        (constraint) => constraint.onUpdate('cascade').onDelete('cascade'),
      )
      .execute();
    await indexByPerson(schema, 'experiment_permissions', 'experiment_id');
    await indexByPerson(schema, 'registered_model_permissions', 'name');
    await schema.alterTable('tokens').addColumn('acts_for', 'text').execute();
  },
};

/** Which levels a person has anywhere, and on what, is asked for by them. */
async function indexByPerson(schema: Schema, table: string, key: string): Promise<void> {
  await schema
    .createIndex(`${table}_user_id_index`)
    .on(table)
    .columns(['user_id', 'permission', key])
    .execute();
}
