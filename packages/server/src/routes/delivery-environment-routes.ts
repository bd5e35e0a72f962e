// Where delivery pipelines deploy to, and what has to hold before they may. Owners keep them: whoever
// could change the checks would need no approval.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { businessDays, checkTypes } from '@ridgeline/delivery';
import Type from 'typebox';
import { owner, reader } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';
import { checkLimit } from './job-routes.ts';
import { closed, Limit, Name } from './schema-parts.ts';

const Check = Type.Object(
  {
    type: Type.Enum([...checkTypes]),
    approvers: Type.Optional(Type.Array(Type.String(), { description: 'approval: names' })),
    minimumApprovers: Type.Optional(Type.Integer()),
    allowSelfApproval: Type.Optional(Type.Boolean({ description: 'approval: default true' })),
    instructions: Type.Optional(Type.String()),
    allowedBranches: Type.Optional(Type.Array(Type.String(), { description: 'branchControl' })),
    timeZone: Type.Optional(Type.String({ description: 'businessHours: IANA; default `UTC`' })),
    days: Type.Optional(Type.Array(Type.Enum([...businessDays]))),
    start: Type.Optional(Type.String({ description: 'businessHours: default `09:00`' })),
    end: Type.Optional(Type.String({ description: 'businessHours: default `17:00`' })),
    timeoutMinutes: Type.Optional(Type.Integer()),
  },
  closed,
);
const Machine = Type.Object(
  {
    name: Type.String(),
    type: Type.Enum(['VirtualMachine', 'Kubernetes']),
    tags: Type.Array(Type.String()),
  },
  closed,
);
const fields = {
  description: Type.Optional(Type.String()),
  checks: Type.Optional(Type.Array(Check)),
  resources: Type.Optional(Type.Array(Machine, { description: 'Targets of `rolling`' })),
};
const New = Type.Object({ name: Type.String(), ...fields }, closed);
const Changes = Type.Object({ name: Type.Optional(Type.String()), ...fields }, closed);

const tags = ['delivery'];
const create = { tags, summary: 'Create a deployment environment', body: New };
const list = { tags, summary: 'Deployment environments, by name', querystring: Limit };
const one = { tags, summary: 'A deployment environment with its checks', params: Name };
const update = { tags, summary: 'Change one; what is left out stays', params: Name, body: Changes };
const remove = { tags, summary: 'Delete one, with its history', params: Name };
const deployments = {
  tags,
  summary: 'What was deployed there, the newest first',
  params: Name,
  querystring: Limit,
};

const address = '/api/v1/delivery-environments';

export function deliveryEnvironmentRoutes({ delivery }: ServerContext): FastifyPluginAsyncTypebox {
  const { environments } = delivery.assets;
  return async (app) => {
    app.post(address, { ...owner, schema: create }, async ({ body, principal }, reply) =>
      reply.code(201).send(await environments.create(body, principal?.name ?? '')),
    );

    app.get(address, { ...reader, schema: list }, async ({ query }) => ({
      value: await environments.list(checkLimit(query.limit)),
    }));

    app.get(`${address}/:name`, { ...reader, schema: one }, async ({ params: { name } }) =>
      environments.get(name),
    );

    app.patch(
      `${address}/:name`,
      { ...owner, schema: update },
      async ({ params: { name }, body }) => environments.update(name, body),
    );

    app.delete(
      `${address}/:name`,
      { ...owner, schema: remove },
      async ({ params: { name } }, reply) => {
        await environments.delete(name);
        return reply.code(204).send();
      },
    );

    app.get(
      `${address}/:name/deployments`,
      { ...reader, schema: deployments },
      async ({ params: { name }, query }) => ({
        value: await environments.deployments(name, checkLimit(query.limit)),
      }),
    );
  };
}
