// Published pipelines and pipeline endpoints. How Azure ML's clients start them is in azureml/.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type PublishedPipeline, publishedStatuses } from '@ridgeline/jobs';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { ofWorkspace } from '../auth/touch.ts';
import { submitAddress } from '../azureml/addresses.ts';
import { originOf } from '../azureml/run-url.ts';
import { whoAsks } from '../azureml/who-asks.ts';
import type { ServerContext } from '../server-context.ts';
import { checkLimit, Submission } from './job-routes.ts';
import { PipelineStartBody } from './pipeline-start-body.ts';
import { closed, digits } from './schema-parts.ts';

const Publication = Type.Object(
  {
    name: Type.String(),
    version: Type.Optional(Type.String({ description: 'Default: counted up' })),
    description: Type.Optional(Type.String()),
    submission: Submission,
    endpoint: Type.Optional(
      Type.String({ description: 'The pipeline endpoint that it becomes the default of' }),
    ),
  },
  closed,
);
const Filter = Type.Object({
  name: Type.Optional(Type.String()),
  version: Type.Optional(Type.String()),
  status: Type.Optional(Type.Enum([...publishedStatuses])),
  limit: Type.Optional(Type.String({ pattern: digits, description: '1 to 1000; default 100' })),
});
const Limit = Type.Pick(Filter, ['limit']);
const params = Type.Object({ id: Type.String() });

const tags = ['pipelines'];
const publish = { tags, summary: 'Publish a pipeline', body: Publication };
const list = { tags, summary: 'Published pipelines, the newest first', querystring: Filter };
const one = { tags, summary: 'A published pipeline and its parameters', params };
const enable = { tags, summary: 'Let a pipeline be started again', params };
const disable = { tags, summary: 'Keep a pipeline from being started', params };
const submit = { tags, summary: 'Start a published pipeline', params, body: PipelineStartBody };
const runs = {
  tags,
  summary: 'The jobs that a pipeline was started as, the newest first',
  params,
  querystring: Limit,
};

const address = '/api/v1/pipelines';

export function pipelineRoutes(context: ServerContext): FastifyPluginAsyncTypebox {
  const { pipelines } = context;
  const shown = (pipeline: PublishedPipeline, request: FastifyRequest) => ({
    ...pipeline,
    restEndpoint: submitAddress(
      originOf(request, context),
      context.workspaceName,
      'submit',
      pipeline.id,
    ),
  });
  return async (app) => {
    app.post(address, { ...ofWorkspace.contributor, schema: publish }, async (request, reply) => {
      const published = await pipelines.publish(request.body, { submittedBy: whoAsks(request) });
      return reply.code(201).send(shown(published, request));
    });

    app.get(address, { ...ofWorkspace.reader, schema: list }, async (request) => {
      const { query } = request;
      const found = await pipelines.list({ ...query, limit: checkLimit(query.limit) });
      return { value: found.map((pipeline) => shown(pipeline, request)) };
    });

    app.get(`${address}/:id`, { ...ofWorkspace.reader, schema: one }, async (request) =>
      shown(await pipelines.get(request.params.id), request),
    );

    app.post(
      `${address}/:id/enable`,
      { ...ofWorkspace.contributor, schema: enable },
      async (request) => shown(await pipelines.setStatus(request.params.id, 'Active'), request),
    );

    app.post(
      `${address}/:id/disable`,
      { ...ofWorkspace.contributor, schema: disable },
      async (request) => shown(await pipelines.setStatus(request.params.id, 'Disabled'), request),
    );

    app.post(
      `${address}/:id/submit`,
      { ...ofWorkspace.contributor, schema: submit },
      async (request, reply) => {
        const start = request.body ?? {};
        const who = { submittedBy: whoAsks(request) };
        return reply.code(201).send(await pipelines.submit(request.params.id, start, who));
      },
    );

    app.get(
      `${address}/:id/jobs`,
      { ...ofWorkspace.reader, schema: runs },
      async ({ params, query }) => ({
        value: await pipelines.runs(params.id, checkLimit(query.limit)),
      }),
    );
  };
}
