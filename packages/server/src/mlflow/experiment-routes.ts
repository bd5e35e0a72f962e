// MLflow's routes of experiments.
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { creatorOf, shownExperiments, shownTo } from '../auth/shown-to.ts';
import { touch } from '../auth/touch.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ofExperiment } from './mlflow-touches.ts';
import { Pairs, searchFields, toPairs, toSearch, toWirePage, ViewType } from './wire.ts';

const id = { experiment_id: Type.String() };
const Id = Type.Object(id);
const Create = Type.Object({
  name: Type.String(),
  artifact_location: Type.Optional(Type.String()),
  tags: Pairs,
});
const Search = Type.Object({ ...searchFields, view_type: Type.Optional(ViewType) });

export function experimentRoutes(workspace: Workspace): readonly MlflowRoute[] {
  const { experiments, runs } = workspace;
  return [
    mlflowRoute({
      method: 'POST',
      path: 'experiments/create',
      access: 'contributorOrStep',
      touches: 'none',
      summary: 'Create an experiment',
      input: Create,
      handle: async ({ name, artifact_location: artifactLocation, tags }, { principal }) => {
        const managerId = creatorOf(principal);
        const made = await experiments.create({
          ...{ name, artifactLocation, tags: toPairs(tags), managerId },
        });
        return { experiment_id: made.experiment_id };
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'experiments/get',
      access: 'readerOrStep',
      touches: [ofExperiment('read')],
      summary: 'An experiment by its id',
      input: Id,
      handle: async ({ experiment_id }) => ({
        experiment: await experiments.getById(experiment_id),
      }),
    }),
    mlflowRoute({
      method: 'GET',
      path: 'experiments/get-by-name',
      access: 'readerOrStep',
      touches: [touch('read', 'experimentName', 'experiment_name')],
      summary: 'An experiment by its name',
      input: Type.Object({ experiment_name: Type.String() }),
      handle: async ({ experiment_name }) => ({
        experiment: await experiments.getByName(experiment_name),
      }),
    }),
    ...(['GET', 'POST'] as const).map((method) =>
      mlflowRoute({
        method,
        path: 'experiments/search',
        access: 'readerOrStep',
        touches: 'leavesOut',
        summary: 'Find experiments',
        input: Search,
        handle: async ({ view_type: viewType, ...search }, { principal }) => {
          const asked = { ...toSearch(search), viewType, shownTo: shownTo(principal) };
          return toWirePage('experiments', await experiments.search(asked));
        },
      }),
    ),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/update',
      access: 'contributor',
      touches: [ofExperiment('update')],
      summary: 'Rename an experiment',
      input: Type.Object({ ...id, new_name: Type.String() }),
      handle: async ({ experiment_id, new_name: name }) =>
        experiments.update(experiment_id, { name }),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/delete',
      access: 'contributor',
      touches: [ofExperiment('delete')],
      summary: 'Hide an experiment with its runs',
      input: Id,
      handle: async ({ experiment_id }) => experiments.delete(experiment_id),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/restore',
      access: 'contributor',
      touches: [ofExperiment('delete')],
      summary: 'Show a deleted experiment again',
      input: Id,
      handle: async ({ experiment_id }) => experiments.restore(experiment_id),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/set-experiment-tag',
      access: 'contributorOrStep',
      touches: [ofExperiment('update')],
      summary: 'Set a tag of an experiment',
      input: Type.Object({ ...id, key: Type.String(), value: Type.String() }),
      handle: async ({ experiment_id, key, value }) =>
        experiments.setTag(experiment_id, key, value),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/delete-experiment-tag',
      access: 'contributor',
      touches: [ofExperiment('update')],
      summary: 'Delete a tag of an experiment',
      input: Type.Object({ ...id, key: Type.String() }),
      handle: async ({ experiment_id, key }) => experiments.deleteTag(experiment_id, key),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/search-datasets',
      access: 'readerOrStep',
      touches: 'leavesOut',
      summary: 'Which datasets the runs of experiments have used',
      input: Type.Object({ experiment_ids: Type.Array(Type.String()) }),
      handle: async ({ experiment_ids }, { principal }) => ({
        dataset_summaries: await runs.searchDatasets(
          await shownExperiments(workspace, principal, experiment_ids),
        ),
      }),
    }),
  ];
}
