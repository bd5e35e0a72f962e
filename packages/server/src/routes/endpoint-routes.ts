// Endpoints: what is deployed, and the keys to it. Scoring itself is in scoring-routes.ts.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { ServerContext } from '../server-context.ts';

const TextByName = Type.Record(Type.String(), Type.String());

const Spec = Type.Object({
  model: Type.String({ description: '`name:version` or `name@latest`' }),
  codeId: Type.Optional(Type.String()),
  scoringScript: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  tags: Type.Optional(TextByName),
  deploymentName: Type.Optional(Type.String()),
  environmentVariables: Type.Optional(TextByName),
});
const Name = Type.Object({ name: Type.String() });
const KeyType = Type.Object({
  keyType: Type.Union([Type.Literal('Primary'), Type.Literal('Secondary')]),
});

export function endpointRoutes({ endpoints }: ServerContext): FastifyPluginAsyncTypebox {
  const tags = ['endpoints'];
  return async (app) => {
    app.put(
      '/api/v1/endpoints/:name',
      {
        schema: {
          tags,
          summary: 'Create an endpoint, or change what is behind it; watch provisioningState',
          params: Name,
          body: Spec,
        },
      },
      async ({ params, body }, reply) =>
        reply.code(202).send(await endpoints.createOrUpdate(params.name, body)),
    );

    app.get('/api/v1/endpoints', { schema: { tags, summary: 'All endpoints' } }, async () => ({
      value: await endpoints.list(),
    }));

    app.get(
      '/api/v1/endpoints/:name',
      { schema: { tags, summary: 'An endpoint and its deployments', params: Name } },
      async ({ params }) => endpoints.get(params.name),
    );

    app.delete(
      '/api/v1/endpoints/:name',
      {
        schema: { tags, summary: 'Delete an endpoint with its deployments and keys', params: Name },
      },
      async ({ params }, reply) => {
        await endpoints.delete(params.name);
        return reply.code(204).send();
      },
    );

    app.post(
      '/api/v1/endpoints/:name/listKeys',
      { schema: { tags, summary: 'Both keys', params: Name } },
      async ({ params }) => endpoints.keys(params.name),
    );

    app.post(
      '/api/v1/endpoints/:name/regenerateKeys',
      { schema: { tags, summary: 'Replace one key', params: Name, body: KeyType } },
      async ({ params, body }) => endpoints.regenerateKey(params.name, body.keyType),
    );

    app.get(
      '/api/v1/endpoints/:name/logs',
      { schema: { tags, summary: 'The log of the scoring process', params: Name } },
      async ({ params }, reply) =>
        reply.type('text/plain; charset=utf-8').send(await endpoints.logs(params.name)),
    );
  };
}
