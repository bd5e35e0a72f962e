// Starting, reading and cancelling runs of published pipelines by Azure ML's REST API (v1).
import { type Job, pipelineIdProperty } from '@ridgeline/jobs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { ofWorkspace } from '../auth/touch.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import { pipelineAddresses as at, routePath } from './addresses.ts';
import { speakAzure } from './azureml-scope.ts';
import { toPipelineRun } from './pipeline-run.ts';
import {
  type PipelineRunBody as Body,
  canonicalPipelineRunBody,
  PipelineRunBody,
  toPipelineStart,
} from './pipeline-run-body.ts';
import { toRunId } from './run-id.ts';
import { runUrl } from './run-url.ts';
import { whoAsks } from './who-asks.ts';

/** How many runs of one pipeline are listed, the newest first. */
const maxRuns = 100;

const tags = ['azureml'];
const body = PipelineRunBody;
const Version = Type.Object({
  pipelineVersion: Type.Optional(
    Type.String({ description: 'A version of the endpoint; default: its default version' }),
  ),
});
const start = { tags, summary: 'Start a published pipeline', body };
const startEndpoint = {
  tags,
  summary: 'Start the pipeline behind a pipeline endpoint',
  body,
  querystring: Version,
};
const startByName = {
  ...startEndpoint,
  summary: 'Start the pipeline behind a pipeline endpoint, by its name',
};
const one = { tags, summary: 'A run of a pipeline' };
const list = { tags, summary: `The last ${maxRuns} runs of a pipeline` };
const cancel = { tags, summary: 'Ask a run to end' };

interface ByPipeline {
  readonly Params: { readonly pipelineId: string };
  readonly Body: Body;
}
interface ByEndpoint {
  readonly Params: { readonly endpointId: string };
  readonly Querystring: { readonly pipelineVersion?: string };
  readonly Body: Body;
}
interface ByName extends Omit<ByEndpoint, 'Params'> {
  readonly Params: { readonly name: string };
}
interface ByRun {
  readonly Params: { readonly runId: string };
}

export function pipelineRunRoutes(app: FastifyInstance, context: ServerContext): void {
  const { jobs, pipelines } = context;
  speakAzure(app, context);

  const canonicalBody = {
    preValidation: async (request: FastifyRequest) => {
      request.body = canonicalPipelineRunBody(request.body);
    },
  };
  const shown = async (job: Job, request: FastifyRequest) =>
    toPipelineRun(job, await pipelineOf(context, job), runUrl(request, context, job.id));
  const startVia = async (idOrName: string, request: FastifyRequest<ByEndpoint | ByName>) => {
    await assertParent(context, request.body.ParentRunId);
    const { pipelineVersion: version } = request.query;
    const who = { submittedBy: whoAsks(request), version };
    const given = await toPipelineStart(request.body, context.workspace.data);
    return shown(await pipelines.endpoints.submit(idOrName, given, who), request);
  };

  app.post<ByPipeline>(
    routePath(at.submit),
    { ...ofWorkspace.contributor, ...canonicalBody, schema: start },
    async (request) => {
      await assertParent(context, request.body.ParentRunId);
      const who = { submittedBy: whoAsks(request) };
      const { pipelineId } = request.params;
      const given = await toPipelineStart(request.body, context.workspace.data);
      return shown(await pipelines.submit(pipelineId, given, who), request);
    },
  );

  app.post<ByEndpoint>(
    routePath(at.submitEndpoint),
    { ...ofWorkspace.contributor, ...canonicalBody, schema: startEndpoint },
    async (request) => startVia(request.params.endpointId, request),
  );

  app.post<ByName>(
    routePath(at.submitEndpointByName),
    { ...ofWorkspace.contributor, ...canonicalBody, schema: startByName },
    async (request) => {
      const { id } = await pipelines.endpoints.getByName(request.params.name);
      return startVia(id, request);
    },
  );

  app.get<ByPipeline>(
    routePath(at.runsOfPipeline),
    { ...ofWorkspace.reader, schema: list },
    async (request) => {
      const runs = await pipelines.runs(request.params.pipelineId, maxRuns);
      return Promise.all(runs.map((job) => shown(job, request)));
    },
  );

  app.get<ByRun>(routePath(at.run), { ...ofWorkspace.reader, schema: one }, async (request) =>
    shown(await jobs.get(toRunId(request.params.runId)), request),
  );

  // Azure answers 200 to whoever cancels twice, and to who comes too late.
  app.post<ByRun>(
    routePath(at.cancel),
    { ...ofWorkspace.contributor, schema: cancel },
    async (request) => {
      const id = toRunId(request.params.runId);
      const reason = `cancelled by ${whoAsks(request)}`;
      try {
        return await shown(await jobs.cancel(id, reason), request);
      } catch (error) {
        if (!isAlreadyEnded(error)) throw error;
        return shown(await jobs.get(id), request);
      }
    },
  );
}

function isAlreadyEnded(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'JOB_ALREADY_ENDED';
}

/** Null where a run was not started from a pipeline that was published. */
async function pipelineOf({ pipelines }: ServerContext, { properties }: Job) {
  const id = properties[pipelineIdProperty];
  if (id === undefined) return null;
  return pipelines.get(id).catch(() => null);
}

/** @throws ServerError INVALID_PARAMETER_VALUE */
async function assertParent({ workspace }: ServerContext, runId: string | undefined) {
  if (runId === undefined) return;
  const exists = await workspace.runs.get(runId).then(
    () => true,
    () => false,
  );
  if (exists) return;
  const shown = runId.slice(0, 60).toWellFormed();
  throw new ServerError('INVALID_PARAMETER_VALUE', `ParentRunId '${shown}' is no run`);
}
