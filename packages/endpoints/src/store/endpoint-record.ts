// An endpoint and its deployments as they are recorded, and their translation from rows.

import type { Selectable } from 'kysely';
import type { DeploymentState, EndpointFailure, ProvisioningState } from '../endpoint/endpoint.ts';
import type { EndpointDeploymentsTable, EndpointsTable } from './tables.ts';

export interface DeploymentRecord {
  readonly generation: number;
  readonly name: string;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly codeId: string | null;
  readonly scoringScript: string | null;
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** Percent, 0 to 100. Above 0: it is the one that serves, also after a restart. */
  readonly traffic: number;
  readonly state: DeploymentState;
}

export interface EndpointRecord {
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly provisioningState: ProvisioningState;
  readonly error: EndpointFailure | null;
  /** Milliseconds since the epoch, UTC. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Those with traffic first, then by generation. */
  readonly deployments: readonly DeploymentRecord[];
}

/** The deployment that answers requests, or should as soon as it runs again. */
export function servingDeployment(record: EndpointRecord): DeploymentRecord | null {
  return record.deployments.find((deployment) => deployment.traffic > 0) ?? null;
}

/** The newest deployment that is wanted and has not been tried to its end. */
export function wantedDeployment(record: EndpointRecord): DeploymentRecord | null {
  const wanted = record.deployments.filter(
    (deployment) => deployment.traffic === 0 && deployment.state === 'Starting',
  );
  return wanted.at(-1) ?? null;
}

export function endpointRecord(
  row: Selectable<EndpointsTable>,
  deploymentRows: readonly Selectable<EndpointDeploymentsTable>[],
): EndpointRecord {
  return {
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags),
    provisioningState: row.provisioning_state,
    error: failureOf(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deployments: deploymentRows.map(deploymentRecord).toSorted(byTrafficThenGeneration),
  };
}

function failureOf(row: Selectable<EndpointsTable>): EndpointFailure | null {
  if (row.error_code === null) return null;
  return {
    code: row.error_code,
    message: row.error_message ?? '',
    details: row.error_details ?? '',
  };
}

function deploymentRecord(row: Selectable<EndpointDeploymentsTable>): DeploymentRecord {
  return {
    generation: row.generation,
    name: row.name,
    modelName: row.model_name,
    modelVersion: row.model_version,
    codeId: row.code_id,
    scoringScript: row.scoring_script,
    environmentVariables: JSON.parse(row.environment_variables),
    traffic: row.traffic,
    state: row.state,
  };
}

function byTrafficThenGeneration(a: DeploymentRecord, b: DeploymentRecord): number {
  return b.traffic - a.traffic || a.generation - b.generation;
}
