// Computes: where steps run, and how many at once.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Workspace } from '@ridgeline/workspace';
import Type, { type Static } from 'typebox';
import type { Principal } from '../auth/access.ts';
import { assertOwner } from '../auth/assert-owner.ts';
import { untouched } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { closed, TextByName } from './schema-parts.ts';

const settings = {
  size: Type.Optional(
    Type.Union([Type.String(), Type.Null()], { description: 'Without effect on a local compute' }),
  ),
  minInstances: Type.Optional(Type.Integer()),
  maxInstances: Type.Optional(Type.Integer({ description: '0 to 1000; default 4' })),
  idleSeconds: Type.Optional(Type.Integer()),
  tier: Type.Optional(Type.Enum(['dedicated', 'low_priority'])),
  properties: Type.Optional(TextByName),
  description: Type.Optional(Type.String()),
  tags: Type.Optional(TextByName),
};
const NewCompute = Type.Object(
  {
    name: Type.String(),
    kind: Type.Optional(Type.Enum(['local', 'databricks'])),
    ...settings,
  },
  closed,
);
const Changes = Type.Object(settings, closed);
const Name = Type.Object({ name: Type.String() });

const tags = ['computes'];
const create = {
  tags,
  summary:
    'Make a compute (201), or find the one of that name as it is (200); to make one of ' +
    'Databricks needs the role Owner',
  body: NewCompute,
};
const list = { tags, summary: 'All computes' };
const one = { tags, summary: 'A compute', params: Name };
const change = {
  tags,
  summary: 'Change what is named; `properties` need the role Owner',
  params: Name,
  body: Changes,
};
const remove = { tags, summary: 'Delete a compute', params: Name };

const address = '/api/v1/computes';

export function computeRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { computes } = workspace;
  return async (app) => {
    app.post(
      address,
      { ...untouched.contributor, schema: create },
      async ({ body, principal }, reply) => {
        const { compute, created } = await findOrMake(computes, body, principal);
        return reply.code(created ? 201 : 200).send(compute);
      },
    );

    app.get(address, { ...untouched.readerOrStep, schema: list }, async () => ({
      value: await computes.list(),
    }));

    app.get(`${address}/:name`, { ...untouched.readerOrStep, schema: one }, async ({ params }) =>
      computes.get(params.name),
    );

    app.patch(
      `${address}/:name`,
      { ...untouched.contributor, schema: change },
      async ({ params, body, principal }) => {
        if (body.properties !== undefined) assertOwner(principal, 'to change where a compute is');
        return computes.update(params.name, body);
      },
    );

    app.delete(
      `${address}/:name`,
      { ...untouched.contributor, schema: remove },
      async ({ params }, reply) => {
        await computes.delete(params.name);
        return reply.code(204).send();
      },
    );
  };
}

/**
 * A compute of Databricks has a secret of the workspace sent to an address: which one and where to,
 * owners say. Who may not make it may still find it.
 * @throws ServerError PERMISSION_DENIED
 */
async function findOrMake(
  computes: Workspace['computes'],
  compute: Static<typeof NewCompute>,
  principal: Principal | null,
) {
  if (compute.kind === 'databricks' && principal?.role !== 'Owner') {
    const all = await computes.list();
    const found = all.find(({ name }) => name.toLowerCase() === compute.name.toLowerCase());
    if (found !== undefined) return { compute: found, created: false };
    assertOwner(principal, 'a compute of kind databricks');
  }
  return computes.getOrCreate(compute);
}
