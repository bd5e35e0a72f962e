// Builds: queued, watched and decided about here. Their files are at build-file-routes.ts.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Approver, buildStatuses, isJobToken } from '@ridgeline/delivery';
import Type from 'typebox';
import type { Principal } from '../auth/access.ts';
import { ofWorkspace } from '../auth/touch.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import { checkLimit } from './job-routes.ts';
import { closed, digits, TextByName } from './schema-parts.ts';

const PullRequest = Type.Object(
  {
    number: Type.Optional(Type.Integer({ description: 'Of one that the server publishes' })),
    source: Type.Optional(Type.String({ description: 'Or the branch that it brings' })),
    into: Type.Optional(Type.String({ description: "Where that goes; default the pipeline's" })),
  },
  { ...closed, description: 'In the place of a branch: the merge of this is built' },
);
const New = Type.Object(
  {
    pipeline: Type.String({ description: 'The name of the delivery pipeline' }),
    branch: Type.Optional(Type.String({ description: "Or a tag's ref; default the pipeline's" })),
    commit: Type.Optional(Type.String({ description: 'Default the newest of the branch' })),
    parameters: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    variables: Type.Optional(TextByName),
    stagesToSkip: Type.Optional(Type.Array(Type.String())),
    pullRequest: Type.Optional(PullRequest),
  },
  closed,
);
const results = ['succeeded', 'succeededWithIssues', 'failed', 'canceled', 'skipped'] as const;
const Filter = Type.Object({
  pipeline: Type.Optional(Type.String()),
  branch: Type.Optional(Type.String()),
  status: Type.Optional(Type.Enum([...buildStatuses])),
  result: Type.Optional(Type.Enum([...results])),
  tag: Type.Optional(Type.String()),
  before: Type.Optional(Type.String({ pattern: digits, description: 'Those of a smaller id' })),
  limit: Type.Optional(Type.String({ pattern: digits, description: '1 to 1000; default 100' })),
});
const Scope = Type.Object(
  {
    scope: Type.Optional(
      Type.Enum(['failed', 'all'], {
        description: '`failed` (default): what has not succeeded, and what depends on it',
      }),
    ),
  },
  closed,
);
const Decision = Type.Object(
  {
    stage: Type.String({ description: 'The id of the stage that waits' }),
    comment: Type.Optional(Type.String({ maxLength: 4000 })),
  },
  closed,
);
const Id = Type.Object({ id: Type.String() });

const tags = ['delivery'];
const queue = { tags, summary: 'Queue a build', body: New };
const list = { tags, summary: 'Builds, the newest first', querystring: Filter };
const one = { tags, summary: 'A build with its stages, jobs and steps', params: Id };
const cancel = { tags, summary: 'Ask a build to end; what runs always still runs', params: Id };
const rerun = {
  tags,
  summary: 'Run a completed build again, or what of it has failed',
  params: Id,
  body: Type.Union([Scope, Type.Null()]),
};
const approve = { tags, summary: 'Let a stage that waits go on', params: Id, body: Decision };
const reject = { tags, summary: 'Let a stage that waits fail', params: Id, body: Decision };

const address = '/api/v1/builds';

export function buildRoutes({ delivery }: ServerContext): FastifyPluginAsyncTypebox {
  const { engine, builds } = delivery;
  return async (app) => {
    app.post(
      address,
      { ...ofWorkspace.contributor, schema: queue },
      async ({ body, principal }, reply) => {
        const requestedBy = principal?.name ?? '';
        return reply.code(201).send(await engine.queue({ ...body, requestedBy }));
      },
    );

    app.get(address, { ...ofWorkspace.reader, schema: list }, async ({ query }) => ({
      value: await builds.list({ ...query, limit: checkLimit(query.limit) }),
    }));

    app.get(`${address}/:id`, { ...ofWorkspace.reader, schema: one }, async ({ params }) =>
      builds.get(params.id),
    );

    app.post(
      `${address}/:id/cancel`,
      { ...ofWorkspace.contributor, schema: cancel },
      async ({ params }) => engine.cancel(params.id),
    );

    app.post(
      `${address}/:id/rerun`,
      { ...ofWorkspace.contributor, schema: rerun },
      async ({ params, body }) => engine.rerun(params.id, body?.scope ?? 'failed'),
    );

    app.post(
      `${address}/:id/approve`,
      { ...ofWorkspace.contributor, schema: approve },
      async ({ params: { id }, body: { stage, comment }, principal }) =>
        engine.approve(id, stage, approverOf(principal), comment),
    );

    app.post(
      `${address}/:id/reject`,
      { ...ofWorkspace.contributor, schema: reject },
      async ({ params: { id }, body: { stage, comment }, principal }) =>
        engine.reject(id, stage, approverOf(principal), comment),
    );
  };
}

/** @throws ServerError PERMISSION_DENIED */
function approverOf(principal: Principal | null): Approver {
  if (principal !== null && !isJobToken(principal)) return principal;
  throw new ServerError('PERMISSION_DENIED', 'a step of a build cannot approve; a person has to');
}
