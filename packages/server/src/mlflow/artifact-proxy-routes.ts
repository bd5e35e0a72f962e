// MLflow's artifact proxy: the files of runs and of logged models, streamed both ways. Its paths are
// what follows `mlflow-artifacts:/` in the `artifact_uri` of a run or of a logged model.
import type { Right, Workspace } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import { touch, touching } from '../auth/touch.ts';
import { byteRangeOf } from '../http/byte-range.ts';
import { sendFile } from '../http/send-file.ts';
import { bodyBytes, streamBodies } from '../http/streamed-bodies.ts';
import { assertMayWriteArtifacts, splitProxyPath } from './artifact-address.ts';

interface FileAddress {
  readonly Params: { readonly '*': string };
}
interface FolderAddress {
  readonly Querystring: { readonly path?: string | string[] };
}

const root = '/mlflow-artifacts/artifacts';
const touchFile = (right: Right) => touching(touch(right, 'artifactPath', 'params.*'));
const readList = touching(touch('read', 'artifactPath', 'query.path'));
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

    scope.get<FolderAddress>(
      root,
      { ...readList.readerOrStep, schema: list },
      async ({ query }) => {
        const { ownerId, path } = splitProxyPath(String(query.path ?? ''));
        const files = await artifacts.list(ownerId, path || undefined);
        // Here the names are relative to the folder that was asked for.
        return { files: files.map((file) => ({ ...file, path: file.path.split('/').at(-1) })) };
      },
    );

    scope.get<FileAddress>(
      `${root}/*`,
      { ...touchFile('read').readerOrStep, schema: read },
      async ({ params, headers }, reply) => {
        const { ownerId, path } = splitProxyPath(params['*']);
        const range = byteRangeOf(headers.range);
        return sendFile(reply, path, await artifacts.read(ownerId, path, range));
      },
    );

    scope.put<FileAddress>(
      `${root}/*`,
      { ...touchFile('update').contributorOrStep, schema: write },
      async (request) => {
        const { ownerId, path } = splitProxyPath(request.params['*']);
        await assertMayWriteArtifacts(workspace, request.principal, ownerId);
        await artifacts.write(ownerId, path, bodyBytes(request));
        return {};
      },
    );

    scope.delete<FileAddress>(
      `${root}/*`,
      { ...touchFile('delete').contributorOrStep, schema: remove },
      async (request) => {
        const { ownerId, path } = splitProxyPath(request.params['*']);
        await assertMayWriteArtifacts(workspace, request.principal, ownerId);
        await artifacts.delete(ownerId, path || undefined);
        return {};
      },
    );
  });
}
