// Permissions of people on single experiments and registered models: who manages one says who may
// what with it.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { permissions as levels, type Principal, type Thing } from '@ridgeline/workspace';
import Type from 'typebox';
import { shownGrants } from '../auth/shown-to.ts';
import { leavingOut, touch, touching } from '../auth/touch.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import { closed } from './schema-parts.ts';

const tags = ['identity'];
const Level = Type.Object({ permission: Type.Enum([...levels]) }, closed);

interface Noun {
  readonly address: string;
  readonly what: string;
  readonly managing: ReturnType<typeof touching>;
  thing(id: string): Thing;
}

const nouns: readonly Noun[] = [
  {
    address: '/api/v1/experiments/:id/permissions',
    what: 'an experiment',
    managing: touching(touch('manage', 'experiment', 'params.id')),
    thing: (id) => ({ kind: 'experiment', id }),
  },
  {
    address: '/api/v1/models/:id/permissions',
    what: 'a registered model',
    managing: touching(touch('manage', 'model', 'params.id')),
    thing: (name) => ({ kind: 'model', name }),
  },
];

export function permissionRoutes(context: ServerContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    for (const noun of nouns) await app.register(routesOf(context, noun));
    await app.register(ofUser(context));
  };
}

function routesOf({ workspace }: ServerContext, noun: Noun): FastifyPluginAsyncTypebox {
  const { permissions, identity } = workspace;
  const { address, what, managing, thing } = noun;
  const OfThing = Type.Object({ id: Type.String() });
  const OfPerson = Type.Object({ id: Type.String(), user: Type.String() });
  const list = { tags, summary: `Who has a permission of their own on ${what}`, params: OfThing };
  const put = {
    tags,
    summary: `Give a person a permission on ${what}, in place of what their role gives`,
    params: OfPerson,
    body: Level,
  };
  const remove = { tags, summary: `Have a person's role hold on ${what} again`, params: OfPerson };
  return async (app) => {
    app.get(address, { ...managing.reader, schema: list }, async ({ params }) => ({
      value: await permissions.ofThing(thing(params.id)),
    }));

    app.put(`${address}/:user`, { ...managing.reader, schema: put }, async ({ params, body }) => {
      const user = await identity.users.get(params.user);
      await permissions.set(thing(params.id), user.id, body.permission);
      const granted = await permissions.ofThing(thing(params.id));
      return granted.find((grant) => grant.user.id === user.id);
    });

    app.delete(
      `${address}/:user`,
      { ...managing.reader, schema: remove },
      async ({ params }, reply) => {
        const user = await identity.users.get(params.user);
        await permissions.delete(thing(params.id), user.id);
        return reply.code(204).send();
      },
    );
  };
}

function ofUser({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const params = Type.Object({ name: Type.String() });
  const summary = 'All permissions of a person; who is no owner sees their own';
  return async (app) => {
    app.get(
      '/api/v1/users/:name/permissions',
      { ...leavingOut.reader, schema: { tags, summary, params } },
      async ({ params: { name }, principal }) => {
        const user = await workspace.identity.users.get(name).catch((error: unknown) => {
          if (principal?.role === 'Owner') throw error;
          return null;
        });
        assertOwnOrOwner(principal, user?.id);
        return { value: await shownGrants(workspace, principal, user?.id ?? '') };
      },
    );
  };
}

/** @throws ServerError PERMISSION_DENIED, whether there is such a person or not */
function assertOwnOrOwner(principal: Principal | null, userId: string | undefined): void {
  if (principal?.role === 'Owner') return;
  if (principal?.kind === 'user' && principal.id === userId) return;
  const message = 'who is no owner of the workspace may ask only about themselves';
  throw new ServerError('PERMISSION_DENIED', message);
}
