// MLflow's artifact proxy: the files of runs, streamed both ways. Its paths are
// `<experiment id>/<run id>/artifacts/<path>`, which is what follows `mlflow-artifacts:/` in the
// `artifact_uri` of a run.
import type { Workspace } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import { contributorOrStep, readerOrStep } from '../auth/access.ts';
import { assertMayWriteRun } from '../auth/own-runs.ts';
import { ServerError } from '../errors/server-error.ts';
import { sendFile } from '../http/send-file.ts';
import { bodyBytes, streamBodies } from '../http/streamed-bodies.ts';

interface FileAddress {
  readonly Params: { readonly '*': string };
}
interface FolderAddress {
  readonly Querystring: { readonly path?: string | string[] };
}

const root = '/mlflow-artifacts/artifacts';
const tags = ['mlflow'];
const list = { tags, summary: 'What lies directly in a folder of artifacts' };
const read = { tags, summary: 'Read an artifact' };
const remove = { tags, summary: 'Delete an artifact, or a folder of them' };
const write = {
  tags,
  summary: 'Write an artifact; it appears whole or not at all',
  consumes: ['application/octet-stream'],
};

export function artifactProxyRoutes(app: FastifyInstance, workspace: Workspace): void {
  const { artifacts } = workspace;
  app.register(async (scope) => {
    streamBodies(scope);

    scope.get<FolderAddress>(root, { ...readerOrStep, schema: list }, async ({ query }) => {
      const { runId, path } = splitProxyPath(String(query.path ?? ''));
      const files = await artifacts.list(runId, path || undefined);
      // Here the names are relative to the folder that was asked for.
      return { files: files.map((file) => ({ ...file, path: file.path.split('/').at(-1) })) };
    });

    scope.get<FileAddress>(
      `${root}/*`,
      { ...readerOrStep, schema: read },
      async ({ params }, reply) => {
        const { runId, path } = splitProxyPath(params['*']);
        return sendFile(reply, path, await artifacts.read(runId, path));
      },
    );

    scope.put<FileAddress>(
      `${root}/*`,
      { ...contributorOrStep, schema: write },
      async (request) => {
        const { runId, path } = splitProxyPath(request.params['*']);
        await assertMayWriteRun(workspace, request.principal, runId);
        await artifacts.write(runId, path, bodyBytes(request));
        return {};
      },
    );

    scope.delete<FileAddress>(
      `${root}/*`,
      { ...contributorOrStep, schema: remove },
      async (request) => {
        const { runId, path } = splitProxyPath(request.params['*']);
        await assertMayWriteRun(workspace, request.principal, runId);
        await artifacts.delete(runId, path || undefined);
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
