// Service connections: how delivery pipelines sign in elsewhere. Owners keep them, as they hold
// secrets and say which pipelines may use those.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { connectionTypes } from '@ridgeline/delivery';
import Type from 'typebox';
import { owner, reader } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';
import { checkLimit } from './job-routes.ts';
import { closed, Limit, Name, permissions, TextByName } from './schema-parts.ts';

const TextOrNull = Type.Union([Type.String(), Type.Null()]);
const Changed = Type.Record(Type.String(), TextOrNull, {
  ...closed,
  description: 'Null deletes one',
});
const fields = {
  description: Type.Optional(Type.String()),
  scheme: Type.Optional(Type.String({ description: "Such as `Token`; default the type's first" })),
  skipCheck: Type.Optional(Type.Boolean({ description: 'Save it without trying it' })),
  ...permissions,
};
const New = Type.Object(
  {
    name: Type.String(),
    type: Type.Enum([...connectionTypes]),
    ...fields,
    url: Type.Optional(Type.String()),
    parameters: Type.Optional(TextByName),
    data: Type.Optional(TextByName),
  },
  closed,
);
const Changes = Type.Object(
  {
    name: Type.Optional(Type.String()),
    ...fields,
    url: Type.Optional(TextOrNull),
    parameters: Type.Optional(Changed),
    data: Type.Optional(Changed),
  },
  closed,
);

const tags = ['delivery'];
const create = { tags, summary: 'Create a service connection, and try it', body: New };
const list = { tags, summary: 'Service connections, by name', querystring: Limit };
const one = { tags, summary: 'A service connection, without its secrets', params: Name };
const update = { tags, summary: 'Change one; what is left out stays', params: Name, body: Changes };
const remove = { tags, summary: 'Delete one, with its secrets', params: Name };

const address = '/api/v1/service-connections';

export function serviceConnectionRoutes({ delivery }: ServerContext): FastifyPluginAsyncTypebox {
  const { connections: serviceConnections } = delivery.assets;
  return async (app) => {
    app.post(address, { ...owner, schema: create }, async ({ body, principal }, reply) =>
      reply.code(201).send(await serviceConnections.create(body, principal?.name ?? '')),
    );

    app.get(address, { ...reader, schema: list }, async ({ query }) => ({
      value: await serviceConnections.list(checkLimit(query.limit)),
    }));

    app.get(`${address}/:name`, { ...reader, schema: one }, async ({ params: { name } }) =>
      serviceConnections.get(name),
    );

    app.patch(
      `${address}/:name`,
      { ...owner, schema: update },
      async ({ params: { name }, body }) => serviceConnections.update(name, body),
    );

    app.delete(
      `${address}/:name`,
      { ...owner, schema: remove },
      async ({ params: { name } }, reply) => {
        await serviceConnections.delete(name);
        return reply.code(204).send();
      },
    );
  };
}
