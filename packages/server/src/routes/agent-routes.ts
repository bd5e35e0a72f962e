// The agents on other machines as people keep them. Owners do: an agent gets the secrets of the jobs
// that it runs.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { owner } from '../auth/access.ts';
import { untouched } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { closed, Name } from './schema-parts.ts';

const New = Type.Object(
  {
    name: Type.String(),
    pool: Type.String({ description: 'As pipelines name it: `pool: NAME`' }),
    replace: Type.Optional(
      Type.Boolean({ description: 'In the place of the one of that name; default false' }),
    ),
  },
  closed,
);
const Changes = Type.Object(
  { enabled: Type.Optional(Type.Boolean({ description: 'False: it takes no new jobs' })) },
  closed,
);
const Forget = Type.Object({
  forgetPool: Type.Optional(
    Type.Enum(['true', 'false'], {
      description: "Of a pool's last agent: jobs that name it run on the server's machine again",
    }),
  ),
});

const tags = ['agents'];
const create = { tags, summary: 'Register an agent; its credential is told this once', body: New };
const list = { tags, summary: 'Agents, by name' };
const one = { tags, summary: 'An agent with its capabilities and what it runs', params: Name };
const update = { tags, summary: 'Enable or disable an agent', params: Name, body: Changes };
const remove = {
  tags,
  summary: 'Delete an agent; what it runs has failed',
  params: Name,
  querystring: Forget,
};

const address = '/api/v1/agents';

export function agentRoutes({ delivery }: ServerContext): FastifyPluginAsyncTypebox {
  const { agents } = delivery;
  return async (app) => {
    app.post(address, { ...owner, schema: create }, async ({ body, principal }, reply) =>
      reply.code(201).send(await agents.create(body, principal?.name ?? '')),
    );

    app.get(address, { ...untouched.reader, schema: list }, async () => ({ value: agents.list() }));

    app.get(
      `${address}/:name`,
      { ...untouched.reader, schema: one },
      async ({ params: { name } }) => agents.get(name),
    );

    app.patch(
      `${address}/:name`,
      { ...owner, schema: update },
      async ({ params: { name }, body }) => agents.update(name, body),
    );

    app.delete(
      `${address}/:name`,
      { ...owner, schema: remove },
      async ({ params: { name }, query }, reply) => {
        await agents.delete(name, query.forgetPool === 'true');
        return reply.code(204).send();
      },
    );
  };
}
