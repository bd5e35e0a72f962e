// MLflow's routes of artifacts: listed by run, and streamed through the artifact proxy, whose paths
// are `<experiment id>/<run id>/artifacts/<path>`.

import type { Workspace } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import { assertMayWriteRun, steps } from '../auth/access.ts';
import { ServerError } from '../errors/server-error.ts';
import { sendFile } from '../routes/send-file.ts';
import { streamBodies } from '../routes/streamed-bodies.ts';
import { runIdOf } from './run-routes.ts';

interface ListQuery {
  readonly run_id?: string;
  readonly run_uuid?: string;
  readonly path?: string;
}

const mlflowTag = { tags: ['mlflow'] };

/** The list of a run's artifacts, below the tracking API. */
export function artifactListRoute(app: FastifyInstance, { artifacts, runs }: Workspace): void {
  app.get<{ Querystring: ListQuery }>(
    '/artifacts/list',
    { ...steps, schema: mlflowTag },
    async ({ query }) => {
      const runId = runIdOf(query);
      const { info } = await runs.get(runId);
      return { root_uri: info.artifact_uri, files: await artifacts.list(runId, query.path) };
    },
  );
}

/** The artifact proxy, which has an address of its own. */
export function artifactProxyRoutes(app: FastifyInstance, workspace: Workspace): void {
  const { artifacts } = workspace;
  const root = '/api/2.0/mlflow-artifacts/artifacts';

  app.get<{ Querystring: { path?: string } }>(
    root,
    { ...steps, schema: mlflowTag },
    async ({ query }) => {
      const { runId, path } = splitProxyPath(query.path ?? '');
      const files = await artifacts.list(runId, path === '' ? undefined : path);
      // Here the names are relative to the folder that was asked for.
      const name = (file: { path: string }) => file.path.split('/').at(-1) ?? file.path;
      return { files: files.map((file) => ({ ...file, path: name(file) })) };
    },
  );

  app.get<{ Params: { '*': string } }>(
    `${root}/*`,
    { ...steps, schema: mlflowTag },
    async ({ params }, reply) => {
      const { runId, path } = splitProxyPath(params['*']);
      return sendFile(reply, path, await artifacts.read(runId, path));
    },
  );

  app.delete<{ Params: { '*': string } }>(
    `${root}/*`,
    { ...steps, schema: mlflowTag },
    async (request) => {
      const { runId, path } = splitProxyPath(request.params['*']);
      await assertMayWriteRun(workspace, request, runId);
      await artifacts.delete(runId, path);
      return {};
    },
  );

  app.register(async (scope) => {
    streamBodies(scope);
    scope.put<{ Params: { '*': string } }>(
      `${root}/*`,
      { ...steps, schema: mlflowTag },
      async (request) => {
        const { runId, path } = splitProxyPath(request.params['*']);
        await assertMayWriteRun(workspace, request, runId);
        await artifacts.write(runId, path, request.raw);
        return {};
      },
    );
  });
}

/** @throws ServerError INVALID_PARAMETER_VALUE */
function splitProxyPath(proxyPath: string): { readonly runId: string; readonly path: string } {
  const [, runId, path = ''] = /^[^/]+\/([^/]+)\/artifacts(?:\/(.*))?$/s.exec(proxyPath) ?? [];
  if (runId !== undefined) return { runId, path };
  throw new ServerError(
    'INVALID_PARAMETER_VALUE',
    `'${proxyPath}' names no artifact: expected <experiment id>/<run id>/artifacts/<path>`,
  );
}
