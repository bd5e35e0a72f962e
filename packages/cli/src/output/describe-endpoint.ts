// Endpoints as people read them.
import type { Endpoint } from '@ridgeline/client';
import { formatFields, formatTable } from './table.ts';

export function describeEndpoint(endpoint: Endpoint): string {
  const { name, provisioningState, scoringUri, swaggerUri, error } = endpoint;
  const deployments = endpoint.deployments.map(
    (deployment) =>
      [
        `deployment ${deployment.name}`,
        `${deployment.model.name}:${deployment.model.version}, ${deployment.state}, ${deployment.traffic} % of the traffic`,
      ] as const,
  );
  return formatFields([
    ['endpoint', name],
    ['state', provisioningState],
    ['scoring', scoringUri],
    ['swagger', swaggerUri],
    ...deployments,
    ...(error === null ? [] : [['error', `${error.code}: ${error.message}`] as const]),
  ]);
}

export function describeEndpoints(endpoints: readonly Endpoint[]): string {
  const rows = endpoints.map(({ name, provisioningState, deployments, scoringUri }) => [
    name,
    provisioningState,
    deployments.map(({ model }) => `${model.name}:${model.version}`).join(', ') || '-',
    scoringUri,
  ]);
  return formatTable(['ENDPOINT', 'STATE', 'MODEL', 'SCORING'], rows);
}
