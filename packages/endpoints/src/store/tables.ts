// The two tables of this package and how they come to be. Rows only; their meaning is the store's.

import type { Migration } from '@ridgeline/workspace';
import { type Kysely, sql } from 'kysely';
import type { DeploymentState, ProvisioningState } from '../endpoint/endpoint.ts';

export interface EndpointsTable {
  name: string;
  description: string;
  /** JSON object of strings. */
  tags: string;
  provisioning_state: ProvisioningState;
  error_code: string | null;
  error_message: string | null;
  error_details: string | null;
  /** Generation of the next deployment; counts up from 1 and is never used again. */
  next_generation: number;
  /** Milliseconds since the epoch, UTC. */
  created_at: number;
  updated_at: number;
}

export interface EndpointDeploymentsTable {
  endpoint_name: string;
  generation: number;
  name: string;
  model_name: string;
  model_version: string;
  code_id: string | null;
  scoring_script: string | null;
  /** JSON object of strings. */
  environment_variables: string;
  /** Percent, an integer from 0 to 100; 0 until the deployment is ready. */
  traffic: number;
  state: DeploymentState;
}

// Kysely wants a type alias here: an interface could still be added to.
export type EndpointTables = {
  endpoints: EndpointsTable;
  endpoint_deployments: EndpointDeploymentsTable;
};

async function createEndpointTables(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('endpoints')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('provisioning_state', 'text', (column) => column.notNull())
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('error_details', 'text')
    .addColumn('next_generation', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('endpoint_deployments')
    .addColumn('endpoint_name', 'text', (column) =>
      column.notNull().references('endpoints.name').onDelete('cascade'),
    )
    .addColumn('generation', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('model_name', 'text', (column) => column.notNull())
    .addColumn('model_version', 'text', (column) => column.notNull())
    .addColumn('code_id', 'text')
    .addColumn('scoring_script', 'text')
    .addColumn('environment_variables', 'text', (column) => column.notNull())
    .addColumn('traffic', 'integer', (column) =>
      column.notNull().check(sql`traffic between 0 and 100`),
    )
    .addColumn('state', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('endpoint_deployments_key', ['endpoint_name', 'generation'])
    .execute();
}

export const endpointMigrations: readonly Migration[] = [
  { name: '0001_endpoints', up: createEndpointTables },
];
