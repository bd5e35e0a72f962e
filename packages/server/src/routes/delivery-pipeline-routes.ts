// Delivery pipelines: names for Azure Pipelines YAML files of repositories, and what starts them.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { ofWorkspace } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { checkLimit } from './job-routes.ts';
import { closed, Limit, Name } from './schema-parts.ts';

const Place = Type.Object(
  {
    location: Type.String({ description: "A folder on the server's machine, or a git address" }),
    branch: Type.Optional(Type.String({ description: 'The default branch; default `main`' })),
  },
  closed,
);
const Variable = Type.Object(
  {
    name: Type.String(),
    value: Type.Optional(Type.String()),
    isSecret: Type.Optional(Type.Boolean()),
    allowOverride: Type.Optional(
      Type.Boolean({ description: 'Whether a build may be queued with another value' }),
    ),
  },
  closed,
);
const fields = {
  repository: Place,
  yamlPath: Type.Optional(Type.String({ description: 'Default `azure-pipelines.yml`' })),
  variables: Type.Optional(Type.Array(Variable)),
  repositories: Type.Optional(
    Type.Record(Type.String(), Place, {
      ...closed,
      description: 'Of `resources.repositories`, by alias',
    }),
  ),
  enabled: Type.Optional(Type.Boolean()),
  keepBuilds: Type.Optional(Type.Integer({ description: 'How many completed ones are kept' })),
  buildForks: Type.Optional(
    Type.Boolean({
      description: 'Whether pull requests from forks start builds, without secrets; default false',
    }),
  ),
} as const;
const New = Type.Object({ name: Type.String(), ...fields }, closed);
const Changes = Type.Partial(Type.Object({ name: Type.String(), ...fields }), closed);
const params = Name;

const tags = ['delivery'];
const create = { tags, summary: 'Create a delivery pipeline', body: New };
const list = { tags, summary: 'The delivery pipelines, by name' };
const one = { tags, summary: 'A delivery pipeline', params };
const update = { tags, summary: 'Change one; what is left out stays', params, body: Changes };
const remove = { tags, summary: 'Delete one; its builds stay', params };
const triggers = {
  tags,
  summary: 'What its triggers have seen, the newest first',
  params,
  querystring: Limit,
};

const address = '/api/v1/delivery-pipelines';

export function deliveryPipelineRoutes({ delivery }: ServerContext): FastifyPluginAsyncTypebox {
  const { pipelines, triggers: watcher } = delivery;
  return async (app) => {
    app.post(
      address,
      { ...ofWorkspace.contributor, schema: create },
      async ({ body, principal }, reply) => {
        const pipeline = await pipelines.create(body, principal?.name ?? '');
        await watcher.watch(pipeline);
        return reply.code(201).send(pipeline);
      },
    );

    app.get(address, { ...ofWorkspace.reader, schema: list }, async () => ({
      value: await pipelines.list(),
    }));

    app.get(
      `${address}/:name`,
      { ...ofWorkspace.reader, schema: one },
      async ({ params: { name } }) => pipelines.get(name),
    );

    app.patch(
      `${address}/:name`,
      { ...ofWorkspace.contributor, schema: update },
      async ({ params: { name }, body }) => {
        const pipeline = await pipelines.update(name, body);
        await watcher.watch(pipeline);
        return pipeline;
      },
    );

    app.delete(
      `${address}/:name`,
      { ...ofWorkspace.contributor, schema: remove },
      async ({ params: { name } }, reply) => {
        await pipelines.delete(name);
        return reply.code(204).send();
      },
    );

    app.get(
      `${address}/:name/triggers`,
      { ...ofWorkspace.reader, schema: triggers },
      async ({ params: { name }, query }) => {
        const limit = checkLimit(query.limit);
        return watcher.stateOf(await pipelines.get(name), limit);
      },
    );
  };
}
