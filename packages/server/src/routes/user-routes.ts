// The people of the workspace. They set their passwords themselves, by an invitation.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { roles } from '@ridgeline/workspace';
import Type from 'typebox';
import { owner } from '../auth/access.ts';
import type { Authority } from '../oauth/authority.ts';
import type { ServerContext } from '../server-context.ts';
import { closed } from './schema-parts.ts';

const Role = Type.Enum([...roles]);
const NewUser = Type.Object(
  { name: Type.String(), displayName: Type.Optional(Type.String()), role: Role },
  closed,
);
const Change = Type.Object(
  { displayName: Type.Optional(Type.String()), role: Type.Optional(Role) },
  closed,
);

const tags = ['identity'];
const params = Type.Object({ name: Type.String() });
const create = { tags, summary: 'Add a person', body: NewUser };
const list = { tags, summary: 'All people of the workspace' };
const one = { tags, summary: 'A person, by name or id', params };
const update = {
  tags,
  summary: "Change a person's role or shown name, at once",
  params,
  body: Change,
};
const remove = { tags, summary: 'Remove a person with all their tokens, at once', params };
const invite = { tags, summary: 'A link by which a person sets a password, once', params };

const address = '/api/v1/users';

export function userRoutes(
  { workspace }: ServerContext,
  authority: Authority,
): FastifyPluginAsyncTypebox {
  const { users } = workspace.identity;
  return async (app) => {
    app.post(address, { ...owner, schema: create }, async ({ body }, reply) =>
      reply.code(201).send(await users.create(body)),
    );

    app.get(address, { ...owner, schema: list }, async () => ({ value: await users.list() }));

    app.get(`${address}/:name`, { ...owner, schema: one }, async (request) =>
      users.get(request.params.name),
    );

    app.patch(`${address}/:name`, { ...owner, schema: update }, async (request) =>
      users.update(request.params.name, request.body),
    );

    app.delete(`${address}/:name`, { ...owner, schema: remove }, async (request, reply) => {
      await users.delete(request.params.name);
      return reply.code(204).send();
    });

    app.post(
      `${address}/:name/invitation`,
      { ...owner, schema: invite },
      async (request, reply) => {
        const { code, expiresAt } = await users.invite(request.params.name);
        const url = `${authority.publicUrl}/${authority.tenantId}/invitation?code=${code}`;
        return reply.code(201).send({ url, expiresAt });
      },
    );
  };
}
