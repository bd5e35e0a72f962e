// Jobs: submitted, watched and cancelled here.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { jobStatuses } from '@ridgeline/jobs';
import Type from 'typebox';
import { steps } from '../auth/access.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';

const TextByName = Type.Record(Type.String(), Type.String());

const Submission = Type.Object({
  definition: Type.String({ description: 'The text of the Azure ML v2 YAML file' }),
  fileName: Type.String({ maxLength: 1024 }),
  code: TextByName,
  uploads: TextByName,
  inputs: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  ),
  experimentName: Type.Optional(Type.String()),
  displayName: Type.Optional(Type.String()),
  tags: Type.Optional(TextByName),
});
const Filter = Type.Object({
  experimentName: Type.Optional(Type.String()),
  status: Type.Optional(Type.Union(jobStatuses.map((status) => Type.Literal(status)))),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});
const Id = Type.Object({ id: Type.String() });
const Step = Type.Object({ id: Type.String(), step: Type.String() });
const Cancel = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 1000 })) });
const Offset = Type.Object({ offset: Type.Integer({ minimum: 0, default: 0 }) });

export function jobRoutes({ jobs }: ServerContext): FastifyPluginAsyncTypebox {
  const tags = ['jobs'];
  return async (app) => {
    app.post(
      '/api/v1/jobs',
      { schema: { tags, summary: 'Submit a job', body: Submission } },
      async ({ body }, reply) => reply.code(201).send(await jobs.submit(body)),
    );

    app.get(
      '/api/v1/jobs',
      { ...steps, schema: { tags, summary: 'Jobs, the newest first', querystring: Filter } },
      async ({ query }) => ({ value: await jobs.list(query) }),
    );

    app.get(
      '/api/v1/jobs/:id',
      { ...steps, schema: { tags, summary: 'A job with its steps and its verdict', params: Id } },
      async ({ params }) => jobs.get(params.id),
    );

    app.post(
      '/api/v1/jobs/:id/cancel',
      { ...steps, schema: { tags, summary: 'Ask a job to end', params: Id, body: Cancel } },
      async ({ params, body, principal }) => {
        if (principal?.kind !== 'step') return jobs.cancel(params.id, body.reason ?? null);
        if (principal.jobId !== params.id) {
          throw new ServerError('PERMISSION_DENIED', 'a step may cancel only its own job');
        }
        return jobs.cancel(params.id, body.reason ?? null, principal.runId);
      },
    );

    app.get(
      '/api/v1/jobs/:id/steps/:step/log',
      {
        ...steps,
        schema: {
          tags,
          summary: 'What a step has printed, from a byte offset on; at most 1 MiB',
          params: Step,
          querystring: Offset,
        },
      },
      async ({ params, query }, reply) => {
        const { bytes, nextOffset } = await jobs.readLog(params.id, params.step, query.offset);
        return reply
          .header('x-ridgeline-next-offset', nextOffset)
          .type('text/plain; charset=utf-8')
          .send(bytes);
      },
    );
  };
}
