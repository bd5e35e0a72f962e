// An endpoint in the form of a service of Azure ML's first command line.
import type { Endpoint } from '@ridgeline/client';

export function describeService(endpoint: Endpoint, computeType: string) {
  const { name, scoringUri, swaggerUri, createdAt, updatedAt, tags, provisioningState } = endpoint;
  return {
    authEnabled: true,
    computeType,
    createdTime: createdAt,
    error: null,
    models: endpoint.deployments.map(({ model }) => `${model.name}:${model.version}`),
    name,
    properties: { deployedBy: 'Ridgeline', isLocal: 'true' },
    scoringUri,
    state: provisioningState === 'Succeeded' ? 'Healthy' : provisioningState,
    swaggerUri,
    tags,
    updatedTime: updatedAt,
  };
}
