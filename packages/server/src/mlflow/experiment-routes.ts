// MLflow's routes of experiments.
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { Pairs, searchFields, toPairs, toSearch, toWirePage, ViewType } from './wire.ts';

const id = { experiment_id: Type.String() };
const Id = Type.Object(id);
const Create = Type.Object({
  name: Type.String(),
  artifact_location: Type.Optional(Type.String()),
  tags: Pairs,
});
const Search = Type.Object({ ...searchFields, view_type: Type.Optional(ViewType) });

export function experimentRoutes({ experiments, runs }: Workspace): readonly MlflowRoute[] {
  return [
    mlflowRoute({
      method: 'POST',
      path: 'experiments/create',
      access: 'contributorOrStep',
      summary: 'Create an experiment',
      input: Create,
      handle: async ({ name, artifact_location: artifactLocation, tags }) => {
        const made = await experiments.create({ name, artifactLocation, tags: toPairs(tags) });
        return { experiment_id: made.experiment_id };
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'experiments/get',
      access: 'readerOrStep',
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
        summary: 'Find experiments',
        input: Search,
        handle: async ({ view_type: viewType, ...search }) =>
          toWirePage('experiments', await experiments.search({ ...toSearch(search), viewType })),
      }),
    ),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/update',
      access: 'contributor',
      summary: 'Rename an experiment',
      input: Type.Object({ ...id, new_name: Type.String() }),
      handle: async ({ experiment_id, new_name: name }) =>
        experiments.update(experiment_id, { name }),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/delete',
      access: 'contributor',
      summary: 'Hide an experiment with its runs',
      input: Id,
      handle: async ({ experiment_id }) => experiments.delete(experiment_id),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/restore',
      access: 'contributor',
      summary: 'Show a deleted experiment again',
      input: Id,
      handle: async ({ experiment_id }) => experiments.restore(experiment_id),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/set-experiment-tag',
      access: 'contributorOrStep',
      summary: 'Set a tag of an experiment',
      input: Type.Object({ ...id, key: Type.String(), value: Type.String() }),
      handle: async ({ experiment_id, key, value }) =>
        experiments.setTag(experiment_id, key, value),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/delete-experiment-tag',
      access: 'contributor',
      summary: 'Delete a tag of an experiment',
      input: Type.Object({ ...id, key: Type.String() }),
      handle: async ({ experiment_id, key }) => experiments.deleteTag(experiment_id, key),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'experiments/search-datasets',
      access: 'readerOrStep',
      summary: 'Which datasets the runs of experiments have used',
      input: Type.Object({ experiment_ids: Type.Array(Type.String()) }),
      handle: async ({ experiment_ids }) => ({
        dataset_summaries: await runs.searchDatasets(experiment_ids),
      }),
    }),
  ];
}
