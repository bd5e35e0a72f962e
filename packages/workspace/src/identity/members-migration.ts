// Makes the tables of those who have a role, and of what they prove themselves with.
import type { Kysely } from 'kysely';
import type { Migration } from '../database/migrate.ts';

type Schema = Kysely<unknown>['schema'];

export const membersMigration: Migration = {
  name: '0008_members',
  async up({ schema }) {
    await createMembers(schema);
    await createCredentials(schema);
    await createTrust(schema);
    await createOAuthRecords(schema);
  },
};

async function createMembers(schema: Schema): Promise<void> {
  await schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull().unique())
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('password', 'text')
    .addColumn('invitation_hash', 'text', (column) => column.unique())
    .addColumn('invitation_expires_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('service_principals')
    .addColumn('app_id', 'text', (column) => column.primaryKey())
    .addColumn('object_id', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull().unique())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
}

async function createCredentials(schema: Schema): Promise<void> {
  await schema
    .createTable('client_credentials')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('hash', 'text')
    .addColumn('public_key', 'text')
    .addColumn('hint', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .execute();
  await schema
    .createIndex('client_credentials_app_id_index')
    .on('client_credentials')
    .column('app_id')
    .execute();
  await schema
    .createTable('access_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('owner_kind', 'text', (column) => column.notNull())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .execute();
  await schema
    .createIndex('access_tokens_owner_index')
    .on('access_tokens')
    .columns(['owner_kind', 'owner_id'])
    .execute();
}

async function createTrust(schema: Schema): Promise<void> {
  await schema
    .createTable('issuers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('issuer', 'text', (column) => column.notNull().unique())
    .addColumn('audiences', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text')
    .addColumn('jwks_uri', 'text')
    .addColumn('roles', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('tenants')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .execute();
}

async function createOAuthRecords(schema: Schema): Promise<void> {
  await schema
    .createTable('oauth_records')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('grant_key', 'text')
    .addColumn('uid_key', 'text')
    .addColumn('user_code_key', 'text')
    .addColumn('nonce', 'blob', (column) => column.notNull())
    .addColumn('ciphertext', 'blob', (column) => column.notNull())
    .addColumn('tag', 'blob', (column) => column.notNull())
    .addColumn('consumed_at', 'bigint')
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  for (const column of ['grant_key', 'uid_key', 'user_code_key', 'expires_at']) {
    await schema
      .createIndex(`oauth_records_${column}_index`)
      .on('oauth_records')
      .column(column)
      .execute();
  }
}
