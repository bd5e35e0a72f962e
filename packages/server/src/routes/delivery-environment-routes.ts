// Where delivery pipelines deploy to, and what has to hold before they may. Owners keep them: whoever
// could change the checks would need no approval.
import { businessDays, checkTypes, restMethods } from '@ridgeline/delivery';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { untouched } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { assetRoutes, createAssetRoute } from './delivery-asset-routes.ts';
import { checkLimit } from './job-routes.ts';
import { assetWords, closed, Limit, Name } from './schema-parts.ts';

const Check = Type.Object(
  {
    type: Type.Enum([...checkTypes]),
    approvers: Type.Optional(Type.Array(Type.String(), { description: 'approval: names' })),
    minimumApprovers: Type.Optional(Type.Integer()),
    inSequence: Type.Optional(Type.Boolean({ description: 'approval: default false' })),
    allowSelfApproval: Type.Optional(Type.Boolean({ description: 'approval: default true' })),
    instructions: Type.Optional(Type.String()),
    allowedBranches: Type.Optional(Type.Array(Type.String(), { description: 'branchControl' })),
    requiredTemplates: Type.Optional(
      Type.Array(Type.String(), { description: 'requiredTemplate: `PATH@REPOSITORY#REF`' }),
    ),
    timeZone: Type.Optional(Type.String({ description: 'businessHours: IANA; default `UTC`' })),
    days: Type.Optional(Type.Array(Type.Enum([...businessDays]))),
    start: Type.Optional(Type.String({ description: 'businessHours: default `09:00`' })),
    end: Type.Optional(Type.String({ description: 'businessHours: default `17:00`' })),
    timeoutMinutes: Type.Optional(Type.Integer()),
    connection: Type.Optional(
      Type.String({ description: 'invokeRestApi: a service connection, as all that follow' }),
    ),
    method: Type.Optional(Type.Enum([...restMethods], { description: 'Default `POST`' })),
    urlSuffix: Type.Optional(Type.String()),
    headers: Type.Optional(Type.String({ description: 'A JSON object' })),
    body: Type.Optional(Type.String()),
    successCriteria: Type.Optional(Type.String({ description: 'An expression over `root`' })),
    retryMinutes: Type.Optional(Type.Integer({ description: '0: asked once; default 5' })),
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
  ...assetWords,
  checks: Type.Optional(Type.Array(Check)),
  resources: Type.Optional(Type.Array(Machine, { description: 'Targets of `rolling`' })),
};
const New = Type.Object({ ...fields, name: Type.String() }, closed);
const Changes = Type.Object(fields, closed);

const noun = { address: '/api/v1/delivery-environments', what: 'delivery environment' };
const deployments = {
  tags: ['delivery'],
  summary: 'What was deployed there, the newest first',
  params: Name,
  querystring: Limit,
};

interface History {
  readonly Params: Static<typeof Name>;
  readonly Querystring: Static<typeof Limit>;
}

export function deliveryEnvironmentRoutes(app: FastifyInstance, { delivery }: ServerContext): void {
  const { environments } = delivery.assets;
  createAssetRoute(app, noun, New, (environment, by) => environments.create(environment, by));
  assetRoutes(app, noun, Changes, environments);
  app.get<History>(
    `${noun.address}/:name/deployments`,
    { ...untouched.reader, schema: deployments },
    async ({ params: { name }, query }) => ({
      value: await environments.deployments(name, checkLimit(query.limit)),
    }),
  );
}
