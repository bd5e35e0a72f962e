// Makes the tables of the agents.
import type { Migration } from '@ridgeline/workspace';
import type { Kysely } from 'kysely';

async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('agent_pools')
    .addColumn('pool_key', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('agents')
    .addColumn('agent_id', 'varchar(36)', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull().unique())
    .addColumn('pool_key', 'text', (column) => column.notNull())
    .addColumn('credential_hash', 'varchar(64)', (column) => column.notNull().unique())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('facts', 'text')
    .addColumn('seen_at', 'bigint')
    .execute();
  await schema
    .createTable('agent_leases')
    .addColumn('lease_id', 'varchar(36)', (column) => column.primaryKey())
    .addColumn('agent_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('agent_name', 'text', (column) => column.notNull())
    .addColumn('session', 'varchar(36)', (column) => column.notNull())
    .addColumn('build_id', 'integer', (column) => column.notNull())
    .addColumn('job_id', 'text', (column) => column.notNull())
    .addColumn('taken_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('end_kind', 'varchar(16)')
    .execute();
  const byBuild = schema.createIndex('agent_leases_by_build').on('agent_leases');
  await byBuild.column('build_id').execute();
}

export const agentsMigration: Migration = { name: '0006_agents', up };
