// MLflow's routes of logged models: what a run has trained, before it has a name in the registry.
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { assertMayWriteModel, assertMayWriteRun } from '../auth/own-runs.ts';
import { shownExperiments } from '../auth/shown-to.ts';
import { touch } from '../auth/touch.ts';
import { toStatus, toWireLoggedModel, WireStatus } from './logged-model-wire.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ofExperiment, ofLoggedModel } from './mlflow-touches.ts';
import { Pairs, searchFields, toNumber, toPairs, toWirePage } from './wire.ts';

const params = Type.Object({ model_id: Type.String() });
const Nothing = Type.Object({});
const text = Type.Optional(Type.String());

const Create = Type.Object({
  experiment_id: Type.String(),
  name: text,
  model_type: text,
  source_run_id: text,
  params: Pairs,
  tags: Pairs,
});
const OrderBy = Type.Object({
  field_name: Type.String(),
  ascending: Type.Optional(Type.Boolean()),
  dataset_name: text,
  dataset_digest: text,
});
const Search = Type.Object({
  experiment_ids: Type.Array(Type.String()),
  filter: text,
  datasets: Type.Optional(
    Type.Array(Type.Object({ dataset_name: Type.String(), dataset_digest: text })),
  ),
  max_results: searchFields.max_results,
  order_by: Type.Optional(Type.Array(OrderBy)),
  page_token: text,
});

export function loggedModelRoutes(workspace: Workspace): readonly MlflowRoute[] {
  const { loggedModels, artifacts } = workspace;
  return [
    mlflowRoute({
      method: 'POST',
      path: 'logged-models',
      access: 'contributorOrStep',
      touches: [ofExperiment('update'), touch('read', 'run', 'source_run_id')],
      summary: 'Begin a logged model',
      input: Create,
      handle: async (body, { principal }) => {
        const sourceRunId =
          body.source_run_id || (principal?.kind === 'step' ? principal.runId : '');
        if (sourceRunId !== '') await assertMayWriteRun(workspace, principal, sourceRunId);
        const model = await loggedModels.create({
          experimentId: body.experiment_id,
          name: body.name,
          modelType: body.model_type,
          sourceRunId,
          params: toPairs(body.params),
          tags: toPairs(body.tags),
        });
        return { model: toWireLoggedModel(model) };
      },
    }),
    mlflowRoute({
      method: 'POST',
      path: 'logged-models/search',
      access: 'readerOrStep',
      touches: 'leavesOut',
      summary: 'Find logged models',
      input: Search,
      handle: async ({ datasets = [], order_by: order = [], ...search }, { principal }) => {
        const page = await loggedModels.search({
          experimentIds: await shownExperiments(workspace, principal, search.experiment_ids),
          filter: search.filter,
          datasets: datasets.map((data) => ({
            name: data.dataset_name,
            digest: data.dataset_digest,
          })),
          orderBy: order.map((term) => ({
            fieldName: term.field_name,
            ascending: term.ascending,
            datasetName: term.dataset_name,
            datasetDigest: term.dataset_digest,
          })),
          maxResults: toNumber(search.max_results) || undefined,
          pageToken: search.page_token,
        });
        return toWirePage('models', { ...page, items: page.items.map(toWireLoggedModel) });
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'logged-models/:model_id',
      access: 'readerOrStep',
      touches: [ofLoggedModel('read')],
      summary: 'A logged model',
      params,
      input: Type.Object({ allow_deleted: text }),
      handle: async ({ model_id, allow_deleted: deleted = '' }) => {
        const deletedToo = deleted.toLowerCase() === 'true';
        return { model: toWireLoggedModel(await loggedModels.get(model_id, { deletedToo })) };
      },
    }),
    mlflowRoute({
      method: 'PATCH',
      path: 'logged-models/:model_id',
      access: 'contributorOrStep',
      touches: [ofLoggedModel('update')],
      summary: 'Say how logging a model has ended',
      params,
      input: Type.Object({ status: WireStatus }),
      handle: async ({ model_id, status }, { principal }) => {
        await assertMayWriteModel(workspace, principal, model_id);
        const model = await loggedModels.finalize(model_id, toStatus(status));
        return { model: toWireLoggedModel(model) };
      },
    }),
    mlflowRoute({
      method: 'DELETE',
      path: 'logged-models/:model_id',
      access: 'contributor',
      touches: [ofLoggedModel('delete')],
      summary: 'Hide a logged model',
      params,
      input: Nothing,
      handle: async ({ model_id }) => loggedModels.delete(model_id),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'logged-models/:model_id/params',
      access: 'contributorOrStep',
      touches: [ofLoggedModel('update')],
      summary: 'Log params of a model, which are written once',
      params,
      input: Type.Object({ params: Pairs }),
      handle: async ({ model_id, params }, { principal }) => {
        await assertMayWriteModel(workspace, principal, model_id);
        await loggedModels.logParams(model_id, toPairs(params));
      },
    }),
    mlflowRoute({
      method: 'PATCH',
      path: 'logged-models/:model_id/tags',
      access: 'contributorOrStep',
      touches: [ofLoggedModel('update')],
      summary: 'Set tags of a logged model',
      params,
      input: Type.Object({ tags: Pairs }),
      handle: async ({ model_id, tags }, { principal }) => {
        await assertMayWriteModel(workspace, principal, model_id);
        await loggedModels.setTags(model_id, toPairs(tags));
      },
    }),
    mlflowRoute({
      method: 'DELETE',
      path: 'logged-models/:model_id/tags/:tag_key',
      access: 'contributorOrStep',
      touches: [ofLoggedModel('update')],
      summary: 'Delete a tag of a logged model',
      params: Type.Object({ model_id: Type.String(), tag_key: Type.String() }),
      input: Nothing,
      handle: async ({ model_id, tag_key }, { principal }) => {
        await assertMayWriteModel(workspace, principal, model_id);
        await loggedModels.deleteTag(model_id, tag_key);
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'logged-models/:model_id/artifacts/directories',
      access: 'readerOrStep',
      touches: [ofLoggedModel('read')],
      summary: 'What lies directly in a folder of the artifacts of a logged model',
      params,
      input: Type.Object({ artifact_directory_path: text }),
      handle: async ({ model_id, artifact_directory_path: path }) => {
        const { info } = await loggedModels.get(model_id);
        const files = await artifacts.list(model_id, path || undefined);
        return { root_uri: info.artifact_uri, files };
      },
    }),
  ];
}
