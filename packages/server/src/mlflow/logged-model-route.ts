// MLflow's search for logged models. A workspace keeps models as artifacts of runs and as model
// versions, so there are none; but MLflow's clients from 3.0 on ask for those of a run before they
// list or fetch its artifacts, and do not go on without an answer.
import Type from 'typebox';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';

const Search = Type.Object({ experiment_ids: Type.Optional(Type.Array(Type.String())) });

export function loggedModelRoute(): MlflowRoute {
  return mlflowRoute({
    method: 'POST',
    path: 'logged-models/search',
    access: 'readerOrStep',
    summary: 'Find logged models; there are none',
    input: Search,
    handle: async () => ({ models: [] }),
  });
}
