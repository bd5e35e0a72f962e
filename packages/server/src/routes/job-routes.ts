// Jobs: submitted, watched and cancelled here.
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { jobStatuses } from '@ridgeline/jobs';
import type { Right } from '@ridgeline/workspace';
import Type from 'typebox';
import type { Principal } from '../auth/access.ts';
import { mayUse } from '../auth/may-use.ts';
import { creatorOf, shownTo } from '../auth/shown-to.ts';
import { handled, leavingOut, touch, touching } from '../auth/touch.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import { closed, digits, TextByName } from './schema-parts.ts';

const Component = Type.Object(
  { text: Type.String(), fileName: Type.String({ maxLength: 1024 }), codeBase: Type.String() },
  closed,
);
export const Submission = Type.Object(
  {
    definition: Type.String({ description: 'The text of the Azure ML v2 YAML file' }),
    fileName: Type.String({ maxLength: 1024, description: 'Its name, for messages' }),
    code: Type.Record(Type.String(), Type.String(), {
      description: 'For each code path of the definition the id of the uploaded code',
    }),
    uploads: Type.Record(Type.String(), Type.String(), {
      description: 'For each local data path of the definition the URI of the uploaded file',
    }),
    inputs: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    ),
    experimentName: Type.Optional(Type.String()),
    displayName: Type.Optional(Type.String()),
    tags: Type.Optional(TextByName),
    components: Type.Optional(
      Type.Record(Type.String(), Component, {
        description: 'Texts of component files, by the reference that the definition has for each',
      }),
    ),
    condaFiles: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Texts of the conda files that environments in the definition name, by path',
      }),
    ),
    continueOnStepFailure: Type.Optional(Type.Boolean()),
    forceRerun: Type.Optional(Type.Boolean()),
    properties: Type.Optional(TextByName),
    stepTags: Type.Optional(Type.Record(Type.String(), TextByName)),
    defaultCompute: Type.Optional(Type.String({ maxLength: 255 })),
    runSource: Type.Optional(Type.String({ maxLength: 1024 })),
    parentRunId: Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$' })),
  },
  closed,
);
const Filter = Type.Object({
  experimentName: Type.Optional(Type.String()),
  status: Type.Optional(Type.Enum([...jobStatuses])),
  limit: Type.Optional(Type.String({ pattern: digits, description: '1 to 1000; default 100' })),
});
const Reason = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 1000 })) }, closed);
const Id = Type.Object({ id: Type.String() });
const Step = Type.Object({ id: Type.String(), step: Type.String() });
const FromOffset = Type.Object({
  offset: Type.Optional(Type.String({ pattern: digits, description: 'Bytes; default 0' })),
});

const ofJob = (right: Right) => touching(touch(right, 'run', 'params.id'));

const tags = ['jobs'];
const submit = { tags, summary: 'Submit a job', body: Submission };
const list = { tags, summary: 'Jobs, the newest first', querystring: Filter };
const one = { tags, summary: 'A job with its steps and its verdict', params: Id };
const cancel = {
  tags,
  summary: 'Ask a job to end',
  params: Id,
  body: Type.Union([Reason, Type.Null()]),
};
const log = {
  tags,
  summary: 'What a step has printed, from a byte offset on; at most 1 MiB at once',
  params: Step,
  querystring: FromOffset,
};

export function jobRoutes(context: ServerContext): FastifyPluginAsyncTypebox {
  const { jobs } = context;
  return async (app) => {
    app.post(
      '/api/v1/jobs',
      { ...handled.contributor, schema: submit },
      async ({ body, principal, headers }, reply) => {
        const by = {
          ...{ submittedBy: principal?.name, source: sourceOf(headers) },
          mayUse: mayUse(context, principal),
          managerId: creatorOf(principal),
        };
        return reply.code(201).send(await jobs.submit(body, by));
      },
    );

    app.get('/api/v1/jobs', { ...leavingOut.readerOrStep, schema: list }, async (request) => {
      const { query, principal } = request;
      const limit = checkLimit(query.limit);
      return { value: await jobs.list({ ...query, limit, shownTo: shownTo(principal) }) };
    });

    app.get(
      '/api/v1/jobs/:id',
      { ...ofJob('read').readerOrStep, schema: one },
      async ({ params }) => jobs.get(params.id),
    );

    app.post(
      '/api/v1/jobs/:id/cancel',
      { ...ofJob('update').contributorOrStep, schema: cancel },
      async ({ params, body, principal }) =>
        jobs.cancel(params.id, body?.reason ?? null, askingRun(principal, params.id)),
    );

    app.get(
      '/api/v1/jobs/:id/steps/:step/log',
      { ...ofJob('read').readerOrStep, schema: log },
      async ({ params, query }, reply) => {
        const offset = Number(query.offset ?? 0);
        const { bytes, nextOffset } = await jobs.readLog(params.id, params.step, offset);
        return reply
          .header('x-ridgeline-next-offset', nextOffset)
          .type('text/plain; charset=utf-8')
          .send(bytes);
      },
    );
  };
}

/** What the client says that it is: to be read by people, and nothing hangs on it. */
function sourceOf({ 'x-ridgeline-client': client }: IncomingHttpHeaders): 'api' | 'cli' {
  return client === 'cli' ? 'cli' : 'api';
}

/** @throws ServerError INVALID_PARAMETER_VALUE */
export function checkLimit(text = '100'): number {
  const limit = Number(text);
  if (limit >= 1 && limit <= 1000) return limit;
  throw new ServerError('INVALID_PARAMETER_VALUE', `limit is ${text}; it must be from 1 to 1000`);
}

/**
 * The run of the step that asks for the end of its own job, and may come to its own end; null for
 * anybody else.
 * @throws ServerError PERMISSION_DENIED
 */
function askingRun(principal: Principal | null, jobId: string): string | null {
  if (principal?.kind !== 'step') return null;
  if (principal.jobId === jobId) return principal.runId;
  throw new ServerError('PERMISSION_DENIED', 'a step may cancel only its own job');
}
