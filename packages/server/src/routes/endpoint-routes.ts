// Endpoints: what is deployed, and the keys to it. Scoring itself is in scoring-routes.ts.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Right } from '@ridgeline/workspace';
import Type from 'typebox';
import { hiddenFrom, shownEndpoints } from '../auth/shown-to.ts';
import { leavingOut, touch, touching } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { closed, TextByName } from './schema-parts.ts';

const Spec = Type.Object(
  {
    model: Type.String({ description: '`name:version` or `name@latest`' }),
    codeId: Type.Optional(Type.String()),
    scoringScript: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    tags: Type.Optional(TextByName),
    deploymentName: Type.Optional(Type.String({ description: 'Default: `blue`' })),
    environmentVariables: Type.Optional(TextByName),
  },
  closed,
);
const KeyType = Type.Object({ keyType: Type.Enum(['Primary', 'Secondary']) }, closed);

const ofEndpoint = (right: Right) => touching(touch(right, 'endpoint', 'params.name'));
const deploying = touching(
  touch('use', 'endpoint', 'params.name'),
  touch('use', 'modelVersion', 'body.model'),
);

const tags = ['endpoints'];
const params = Type.Object({ name: Type.String() });
const put = {
  tags,
  summary: 'Create an endpoint, or change what is behind it; watch provisioningState',
  params,
  body: Spec,
};
const list = { tags, summary: 'All endpoints' };
const one = { tags, summary: 'An endpoint and its deployments', params };
const remove = { tags, summary: 'Delete an endpoint with its deployments and keys', params };
const listKeys = { tags, summary: 'Both keys', params };
const regenerateKeys = { tags, summary: 'Replace one key', params, body: KeyType };
const logs = { tags, summary: 'What the scoring processes have printed', params };

const address = '/api/v1/endpoints';

/**
 * Keys open what is deployed, and a deployment runs code: neither is for readers. The step of a job
 * may deploy what it has registered, as whoever submitted it may; keys and removal stay with people.
 */
export function endpointRoutes({ endpoints, workspace }: ServerContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(address, { ...leavingOut.readerOrStep, schema: list }, async ({ principal }) => ({
      value: shownEndpoints(await endpoints.list(), await hiddenFrom(workspace, principal)),
    }));

    app.put(
      `${address}/:name`,
      { ...deploying.contributorOrStep, schema: put },
      async (request, reply) => {
        const { name } = request.params;
        return reply.code(202).send(await endpoints.createOrUpdate(name, request.body));
      },
    );

    app.get(
      `${address}/:name`,
      { ...ofEndpoint('read').readerOrStep, schema: one },
      async (request) => endpoints.get(request.params.name),
    );

    app.delete(
      `${address}/:name`,
      { ...ofEndpoint('use').contributor, schema: remove },
      async (request, reply) => {
        await endpoints.delete(request.params.name);
        return reply.code(204).send();
      },
    );

    app.post(
      `${address}/:name/listKeys`,
      { ...ofEndpoint('use').contributor, schema: listKeys },
      async (request) => endpoints.keys(request.params.name),
    );

    app.post(
      `${address}/:name/regenerateKeys`,
      { ...ofEndpoint('use').contributor, schema: regenerateKeys },
      async (request) => endpoints.regenerateKey(request.params.name, request.body.keyType),
    );

    app.get(
      `${address}/:name/logs`,
      { ...ofEndpoint('read').reader, schema: logs },
      async (request, reply) => {
        const text = await endpoints.logs(request.params.name);
        return reply.type('text/plain; charset=utf-8').send(text);
      },
    );
  };
}
