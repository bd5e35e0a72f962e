// MLflow's list of the artifacts of a run.
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ofRun } from './mlflow-touches.ts';
import { runIdOf, runRef } from './wire.ts';

const List = Type.Object({ ...runRef, path: Type.Optional(Type.String()) });

export function artifactListRoute({ artifacts, runs }: Workspace): MlflowRoute {
  return mlflowRoute({
    method: 'GET',
    path: 'artifacts/list',
    access: 'readerOrStep',
    touches: [ofRun('read')],
    summary: 'What lies directly in a folder of the artifacts of a run',
    input: List,
    handle: async (query) => {
      const runId = runIdOf(query);
      const { info } = await runs.get(runId);
      const files = await artifacts.list(runId, query.path || undefined);
      return { root_uri: info.artifact_uri, files };
    },
  });
}
