// Variable groups: values and secrets that delivery pipelines use by the group's name. Owners keep
// them, as they say which pipelines may read what.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { owner, reader } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';
import { checkLimit } from './job-routes.ts';
import { closed, Limit, Name, permissions } from './schema-parts.ts';

const Vault = Type.Object(
  { connection: Type.String(), vault: Type.String(), secret: Type.String() },
  closed,
);
const Variable = Type.Object(
  {
    value: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { description: 'Of a secret, null keeps it' }),
    ),
    isSecret: Type.Optional(Type.Boolean()),
    workspaceSecret: Type.Optional(
      Type.String({ description: 'The name of a secret of the workspace' }),
    ),
    vaultSecret: Type.Optional(Vault),
  },
  closed,
);
const fields = { description: Type.Optional(Type.String()), ...permissions };
const New = Type.Object(
  {
    name: Type.String(),
    ...fields,
    variables: Type.Optional(Type.Record(Type.String(), Variable, closed)),
  },
  closed,
);
const Changes = Type.Object(
  {
    name: Type.Optional(Type.String()),
    ...fields,
    variables: Type.Optional(
      Type.Record(Type.String(), Type.Union([Variable, Type.Null()]), {
        ...closed,
        description: 'Those that are named change; null deletes one',
      }),
    ),
  },
  closed,
);

const tags = ['delivery'];
const create = { tags, summary: 'Create a variable group', body: New };
const list = { tags, summary: 'Variable groups, by name', querystring: Limit };
const one = { tags, summary: 'A variable group, its secrets without their values', params: Name };
const update = { tags, summary: 'Change one; what is left out stays', params: Name, body: Changes };
const remove = { tags, summary: 'Delete one, with its secrets', params: Name };

const address = '/api/v1/variable-groups';

export function variableGroupRoutes({ delivery }: ServerContext): FastifyPluginAsyncTypebox {
  const { groups: variableGroups } = delivery.assets;
  return async (app) => {
    app.post(address, { ...owner, schema: create }, async ({ body, principal }, reply) =>
      reply.code(201).send(await variableGroups.create(body, principal?.name ?? '')),
    );

    app.get(address, { ...reader, schema: list }, async ({ query }) => ({
      value: await variableGroups.list(checkLimit(query.limit)),
    }));

    app.get(`${address}/:name`, { ...reader, schema: one }, async ({ params: { name } }) =>
      variableGroups.get(name),
    );

    app.patch(
      `${address}/:name`,
      { ...owner, schema: update },
      async ({ params: { name }, body }) => variableGroups.update(name, body),
    );

    app.delete(
      `${address}/:name`,
      { ...owner, schema: remove },
      async ({ params: { name } }, reply) => {
        await variableGroups.delete(name);
        return reply.code(204).send();
      },
    );
  };
}
