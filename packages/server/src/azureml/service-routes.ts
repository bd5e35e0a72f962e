// Azure ML's model management (v1): web services, which are endpoints here.
import type { Endpoint } from '@ridgeline/endpoints';
import type { Right } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import { hiddenFrom, shownEndpoints } from '../auth/shown-to.ts';
import { leavingOut, touch, touching } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { serviceAddresses as at, routePath } from './addresses.ts';
import { speakAzure } from './azureml-scope.ts';

const tags = ['azureml'];
const ofEndpoint = (right: Right) => touching(touch(right, 'endpoint', 'params.name'));
const list = { tags, summary: 'All services' };
const one = { tags, summary: 'A service' };
const keys = { tags, summary: 'Both keys of a service' };

const states: Readonly<Record<Endpoint['provisioningState'], string>> = {
  Creating: 'Transitioning',
  Updating: 'Transitioning',
  Deleting: 'Transitioning',
  Succeeded: 'Healthy',
  Failed: 'Failed',
};

interface ByName {
  readonly Params: { readonly name: string };
}

export function modelManagementRoutes(app: FastifyInstance, context: ServerContext): void {
  const { endpoints, workspace } = context;
  speakAzure(app, context);

  app.get(routePath(at.list), { ...leavingOut.reader, schema: list }, async ({ principal }) => {
    const hidden = await hiddenFrom(workspace, principal);
    const shown = shownEndpoints(await endpoints.list(), hidden);
    return { value: shown.map(toService), nextLink: null };
  });

  app.get<ByName>(
    routePath(at.one),
    { ...ofEndpoint('read').reader, schema: one },
    async ({ params }) => toService(await endpoints.get(params.name)),
  );

  app.post<ByName>(
    routePath(at.keys),
    { ...ofEndpoint('use').contributor, schema: keys },
    async ({ params }) => endpoints.keys(params.name),
  );
}

function toService(endpoint: Endpoint) {
  const { name, description, tags: kvTags, scoringUri, swaggerUri, error } = endpoint;
  return {
    id: name,
    name,
    description,
    kvTags,
    properties: {},
    state: states[endpoint.provisioningState],
    createdTime: endpoint.createdAt,
    updatedTime: endpoint.updatedAt,
    computeType: 'ACI',
    deploymentType: 'Http',
    scoringUri,
    swaggerUri,
    authEnabled: true,
    aadAuthEnabled: false,
    modelIds: endpoint.deployments.map(({ model }) => `${model.name}:${model.version}`),
    error: error === null ? null : { code: error.code, message: error.message },
  };
}
