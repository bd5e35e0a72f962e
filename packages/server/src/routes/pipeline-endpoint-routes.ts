// Pipeline endpoints: addresses that stay while the published pipelines behind them are replaced.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { PipelineEndpoint } from '@ridgeline/jobs';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { ofWorkspace } from '../auth/touch.ts';
import { submitAddress } from '../azureml/addresses.ts';
import { originOf } from '../azureml/run-url.ts';
import { whoAsks } from '../azureml/who-asks.ts';
import type { ServerContext } from '../server-context.ts';
import { checkLimit } from './job-routes.ts';
import { PipelineEndpointStartBody } from './pipeline-start-body.ts';
import { closed, digits } from './schema-parts.ts';

const NewEndpoint = Type.Object(
  {
    name: Type.String(),
    description: Type.Optional(Type.String()),
    pipelineId: Type.String({ description: 'Its first version, and its default' }),
  },
  closed,
);
const NewVersion = Type.Object(
  {
    pipelineId: Type.String(),
    isDefault: Type.Optional(Type.Boolean({ description: 'Default true' })),
  },
  closed,
);
const Version = Type.Object({ version: Type.String() }, closed);
const Limit = Type.Object({
  limit: Type.Optional(Type.String({ pattern: digits, description: '1 to 1000; default 100' })),
});
const params = Type.Object({ id: Type.String({ description: 'The id or the name' }) });

const tags = ['pipelines'];
const create = { tags, summary: 'Create a pipeline endpoint', body: NewEndpoint };
const list = { tags, summary: 'Pipeline endpoints, the newest first', querystring: Limit };
const one = { tags, summary: 'A pipeline endpoint and its versions', params };
const add = { tags, summary: 'Put a published pipeline behind it', params, body: NewVersion };
const setDefault = { tags, summary: 'Choose its default version', params, body: Version };
const enable = { tags, summary: 'Let a pipeline endpoint be called again', params };
const disable = { tags, summary: 'Keep a pipeline endpoint from being called', params };
const submit = {
  tags,
  summary: 'Start the pipeline behind it',
  params,
  body: PipelineEndpointStartBody,
};

const address = '/api/v1/pipelineEndpoints';

export function pipelineEndpointRoutes(context: ServerContext): FastifyPluginAsyncTypebox {
  const { endpoints } = context.pipelines;
  const shown = (endpoint: PipelineEndpoint, request: FastifyRequest) => {
    const { workspaceName } = context;
    const origin = originOf(request, context);
    const restEndpoint = submitAddress(origin, workspaceName, 'submitEndpoint', endpoint.id);
    return { ...endpoint, restEndpoint };
  };
  return async (app) => {
    app.post(address, { ...ofWorkspace.contributor, schema: create }, async (request, reply) => {
      const created = await endpoints.create(request.body, { submittedBy: whoAsks(request) });
      return reply.code(201).send(shown(created, request));
    });

    app.get(address, { ...ofWorkspace.reader, schema: list }, async (request) => {
      const found = await endpoints.list(checkLimit(request.query.limit));
      return { value: found.map((endpoint) => shown(endpoint, request)) };
    });

    app.get(`${address}/:id`, { ...ofWorkspace.reader, schema: one }, async (request) =>
      shown(await endpoints.get(request.params.id), request),
    );

    app.post(
      `${address}/:id/versions`,
      { ...ofWorkspace.contributor, schema: add },
      async (request) => {
        const { pipelineId, isDefault } = request.body;
        const { id } = request.params;
        return shown(await endpoints.addVersion(id, pipelineId, { isDefault }), request);
      },
    );

    app.post(
      `${address}/:id/setDefault`,
      { ...ofWorkspace.contributor, schema: setDefault },
      async (request) =>
        shown(await endpoints.setDefault(request.params.id, request.body.version), request),
    );

    app.post(
      `${address}/:id/enable`,
      { ...ofWorkspace.contributor, schema: enable },
      async (request) => shown(await endpoints.setStatus(request.params.id, 'Active'), request),
    );

    app.post(
      `${address}/:id/disable`,
      { ...ofWorkspace.contributor, schema: disable },
      async (request) => shown(await endpoints.setStatus(request.params.id, 'Disabled'), request),
    );

    app.post(
      `${address}/:id/submit`,
      { ...ofWorkspace.contributor, schema: submit },
      async (request, reply) => {
        const { version, ...start } = request.body ?? {};
        const who = { submittedBy: whoAsks(request), version };
        return reply.code(201).send(await endpoints.submit(request.params.id, start, who));
      },
    );
  };
}
