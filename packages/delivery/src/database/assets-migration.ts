// Makes the tables of variable groups, service connections and environments.
import type { Migration } from '@ridgeline/workspace';
import type { CreateTableBuilder, Kysely } from 'kysely';

export const assetsMigration: Migration = {
  name: '0001_assets',
  async up(database) {
    await createGroups(database);
    await createConnections(database);
    await createEnvironments(database);
  },
};

async function createGroups(database: Kysely<unknown>): Promise<void> {
  await assetTable(database, 'variable_groups', 'group_id')
    .addColumn('allow_all_pipelines', 'integer', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('group_variables')
    .addColumn('group_id', 'varchar(32)', (column) =>
      column.notNull().references('variable_groups.group_id'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('value', 'text')
    .addColumn('secret_name', 'text')
    .addColumn('workspace_secret', 'text')
    .addColumn('vault_secret', 'text')
    .addPrimaryKeyConstraint('group_variables_key', ['group_id', 'name_key'])
    .execute();
}

async function createConnections(database: Kysely<unknown>): Promise<void> {
  await assetTable(database, 'service_connections', 'connection_id')
    .addColumn('type', 'varchar(32)', (column) => column.notNull())
    .addColumn('url', 'text')
    .addColumn('scheme', 'text', (column) => column.notNull())
    .addColumn('parameters', 'text', (column) => column.notNull())
    .addColumn('secret_parameters', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('allow_all_pipelines', 'integer', (column) => column.notNull())
    .addColumn('check_status', 'varchar(16)', (column) => column.notNull())
    .addColumn('check_message', 'text', (column) => column.notNull())
    .addColumn('checked_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('asset_pipelines')
    .addColumn('asset_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('pipeline', 'text', (column) => column.notNull())
    .addColumn('pipeline_key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('asset_pipelines_key', ['asset_id', 'pipeline_key'])
    .execute();
}

async function createEnvironments(database: Kysely<unknown>): Promise<void> {
  await assetTable(database, 'delivery_environments', 'environment_id')
    .addColumn('checks', 'text', (column) => column.notNull())
    .addColumn('resources', 'text', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('deployments')
    .addColumn('deployment_id', 'varchar(32)', (column) => column.primaryKey())
    .addColumn('environment_id', 'varchar(32)', (column) =>
      column.notNull().references('delivery_environments.environment_id'),
    )
    .addColumn('sequence', 'bigint', (column) => column.notNull().unique())
    .addColumn('build_id', 'integer', (column) => column.notNull())
    .addColumn('build_number', 'text', (column) => column.notNull())
    .addColumn('pipeline', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('job', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('status', 'varchar(32)', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addUniqueConstraint('deployments_once', [
      'environment_id',
      'build_id',
      'stage',
      'job',
      'attempt',
    ])
    .execute();
}

function assetTable(
  database: Kysely<unknown>,
  table: string,
  key: string,
): CreateTableBuilder<string, string> {
  const made: CreateTableBuilder<string, string> = database.schema.createTable(table);
  return made
    .addColumn(key, 'varchar(36)', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull().unique())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull());
}
