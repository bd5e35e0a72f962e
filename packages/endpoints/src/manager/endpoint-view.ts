// An endpoint's record as the outside sees it.

import type { DeploymentView, Endpoint } from '../endpoint/endpoint.ts';
import { servicePath } from '../endpoint/service-path.ts';
import type { DeploymentRecord, EndpointRecord } from '../store/endpoint-record.ts';

/** `publicUrl`: of the server, without a slash at the end. */
export function endpointView(record: EndpointRecord, publicUrl: string): Endpoint {
  const service = `${publicUrl}${servicePath(record.name)}`;
  return {
    name: record.name,
    provisioningState: record.provisioningState,
    scoringUri: `${service}/score`,
    swaggerUri: `${service}/swagger.json`,
    authMode: 'key',
    description: record.description,
    tags: record.tags,
    deployments: record.deployments.map(deploymentView),
    error: record.error,
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
  };
}

/** True when nothing about the endpoint is under way. */
export function isSettled({ provisioningState, deployments }: EndpointRecord): boolean {
  const ended = provisioningState === 'Succeeded' || provisioningState === 'Failed';
  return ended && deployments.every(({ state }) => state !== 'Starting');
}

function deploymentView(deployment: DeploymentRecord): DeploymentView {
  return {
    name: deployment.name,
    model: { name: deployment.modelName, version: deployment.modelVersion },
    scoringScript: deployment.scoringScript,
    traffic: deployment.traffic,
    state: deployment.state,
  };
}
