// The upload by which MLflow's own pages write an artifact of a run: the file is the body.
import type { Workspace } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { touch, touching } from '../auth/touch.ts';
import { bodyBytes, streamBodies } from '../http/streamed-bodies.ts';
import { assertMayWriteArtifacts } from './artifact-address.ts';

const Query = Type.Object({ run_uuid: Type.String(), path: Type.String() });

const ofRun = touching(touch('update', 'run', 'query.run_uuid'));

const schema = {
  tags: ['mlflow'],
  summary: 'Write an artifact of a run; it appears whole or not at all',
  consumes: ['application/octet-stream'],
  querystring: Query,
};

export function uploadArtifactRoute(app: FastifyInstance, workspace: Workspace): void {
  app.register(async (scope) => {
    streamBodies(scope);
    scope.post<{ Querystring: Static<typeof Query> }>(
      '/mlflow/upload-artifact',
      { ...ofRun.contributorOrStep, schema },
      async (request) => {
        const { run_uuid: runId, path } = request.query;
        await assertMayWriteArtifacts(workspace, request.principal, runId);
        await workspace.artifacts.write(runId, path, bodyBytes(request));
        return {};
      },
    );
  });
}
