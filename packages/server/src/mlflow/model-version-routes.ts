// MLflow's routes of model versions.
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { shownTo } from '../auth/shown-to.ts';
import { touch } from '../auth/touch.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ofLoggedModel, ofModel } from './mlflow-touches.ts';
import { Pairs, Search, toPairs, toSearch, toWirePage } from './wire.ts';

const Create = Type.Object({
  name: Type.String(),
  source: Type.String(),
  run_id: Type.Optional(Type.String()),
  run_link: Type.Optional(Type.String()),
  model_id: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  tags: Pairs,
});
const version = { name: Type.String(), version: Type.String() };
const Version = Type.Object(version);

export function modelVersionRoutes({ models }: Workspace): readonly MlflowRoute[] {
  return [
    mlflowRoute({
      method: 'POST',
      path: 'model-versions/create',
      access: 'contributorOrStep',
      touches: [
        ofModel('update'),
        touch('read', 'run', 'run_id'),
        ofLoggedModel('read'),
        touch('read', 'modelSource', 'source'),
      ],
      summary: 'Register a model as the next version of a registered model',
      input: Create,
      handle: async ({ name, source, description, tags, ...ids }) => ({
        model_version: await models.createVersion({
          name,
          source,
          ...(description !== undefined && { description }),
          runId: ids.run_id,
          runLink: ids.run_link,
          modelId: ids.model_id,
          tags: toPairs(tags),
        }),
      }),
    }),
    mlflowRoute({
      method: 'GET',
      path: 'model-versions/get',
      access: 'readerOrStep',
      touches: [ofModel('read')],
      summary: 'A model version',
      input: Version,
      handle: async ({ name, version }) => ({
        model_version: await models.getVersion(name, version),
      }),
    }),
    mlflowRoute({
      method: 'GET',
      path: 'model-versions/search',
      access: 'readerOrStep',
      touches: 'leavesOut',
      summary: 'Find model versions',
      input: Search,
      handle: async (query, { principal }) => {
        const asked = { ...toSearch(query), shownTo: shownTo(principal) };
        return toWirePage('model_versions', await models.searchVersions(asked));
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'model-versions/get-download-uri',
      access: 'readerOrStep',
      touches: [ofModel('read')],
      summary: 'Where the files of a model version are',
      input: Version,
      handle: async ({ name, version }) => ({
        artifact_uri: await models.downloadUri(name, version),
      }),
    }),
    mlflowRoute({
      method: 'PATCH',
      path: 'model-versions/update',
      access: 'contributor',
      touches: [ofModel('update')],
      summary: 'Change the description of a model version',
      input: Type.Object({ ...version, description: Type.String() }),
      handle: async ({ name, version, description }) => ({
        model_version: await models.updateVersion(name, version, { description }),
      }),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'model-versions/transition-stage',
      access: 'contributor',
      touches: [ofModel('update')],
      summary: 'Move a model version to a stage',
      input: Type.Object({
        ...version,
        stage: Type.String(),
        archive_existing_versions: Type.Optional(Type.Boolean()),
      }),
      handle: async ({ name, version, stage, archive_existing_versions: archiveOthers }) => ({
        model_version: await models.transitionStage(name, version, stage, {
          archiveOthers: archiveOthers === true,
        }),
      }),
    }),
    mlflowRoute({
      method: 'DELETE',
      path: 'model-versions/delete',
      access: 'contributor',
      touches: [ofModel('delete')],
      summary: 'Delete a model version for good',
      input: Version,
      handle: async ({ name, version }) => models.deleteVersion(name, version),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'model-versions/set-tag',
      access: 'contributorOrStep',
      touches: [ofModel('update')],
      summary: 'Set a tag of a model version',
      input: Type.Object({ ...version, key: Type.String(), value: Type.String() }),
      handle: async ({ name, version, key, value }) =>
        models.setVersionTag(name, version, key, value),
    }),
    mlflowRoute({
      method: 'DELETE',
      path: 'model-versions/delete-tag',
      access: 'contributor',
      touches: [ofModel('update')],
      summary: 'Delete a tag of a model version',
      input: Type.Object({ ...version, key: Type.String() }),
      handle: async ({ name, version, key }) => models.deleteVersionTag(name, version, key),
    }),
  ];
}
