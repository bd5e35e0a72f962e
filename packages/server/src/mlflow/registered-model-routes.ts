// MLflow's routes of registered models and their aliases.
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { creatorOf, shownTo } from '../auth/shown-to.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { ofModel } from './mlflow-touches.ts';
import { Pairs, Search, toPairs, toSearch, toWirePage } from './wire.ts';

const name = { name: Type.String() };
const Name = Type.Object(name);
const Latest = Type.Object({
  ...name,
  stages: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()])),
});
const alias = { ...name, alias: Type.String() };
const Alias = Type.Object(alias);

export function registeredModelRoutes({ models }: Workspace): readonly MlflowRoute[] {
  return [
    mlflowRoute({
      method: 'POST',
      path: 'registered-models/create',
      access: 'contributorOrStep',
      touches: 'none',
      summary: 'Create a registered model',
      input: Type.Object({ ...name, description: Type.Optional(Type.String()), tags: Pairs }),
      handle: async ({ tags, ...model }, { principal }) => {
        const managerId = creatorOf(principal);
        const asked = { ...model, tags: toPairs(tags), managerId };
        return { registered_model: await models.createRegisteredModel(asked) };
      },
    }),
    mlflowRoute({
      method: 'GET',
      path: 'registered-models/get',
      access: 'readerOrStep',
      touches: [ofModel('read')],
      summary: 'A registered model',
      input: Name,
      handle: async ({ name }) => ({ registered_model: await models.getRegisteredModel(name) }),
    }),
    mlflowRoute({
      method: 'GET',
      path: 'registered-models/search',
      access: 'readerOrStep',
      touches: 'leavesOut',
      summary: 'Find registered models',
      input: Search,
      handle: async (query, { principal }) => {
        const asked = { ...toSearch(query), shownTo: shownTo(principal) };
        return toWirePage('registered_models', await models.searchRegisteredModels(asked));
      },
    }),
    ...(['GET', 'POST'] as const).map((method) =>
      mlflowRoute({
        method,
        path: 'registered-models/get-latest-versions',
        access: 'readerOrStep',
        touches: [ofModel('read')],
        summary: 'The greatest version of a registered model in each stage',
        input: Latest,
        handle: async ({ name, stages = [] }) => ({
          model_versions: await models.latestVersions(name, [stages].flat()),
        }),
      }),
    ),
    mlflowRoute({
      method: 'POST',
      path: 'registered-models/rename',
      access: 'contributor',
      touches: [ofModel('update')],
      summary: 'Rename a registered model',
      input: Type.Object({ ...name, new_name: Type.String() }),
      handle: async ({ name, new_name }) => ({
        registered_model: await models.renameRegisteredModel(name, new_name),
      }),
    }),
    mlflowRoute({
      method: 'PATCH',
      path: 'registered-models/update',
      access: 'contributor',
      touches: [ofModel('update')],
      summary: 'Change the description of a registered model',
      input: Type.Object({ ...name, description: Type.String() }),
      handle: async ({ name, description }) => ({
        registered_model: await models.updateRegisteredModel(name, { description }),
      }),
    }),
    mlflowRoute({
      method: 'DELETE',
      path: 'registered-models/delete',
      access: 'contributor',
      touches: [ofModel('delete')],
      summary: 'Delete a registered model with its versions for good',
      input: Name,
      handle: async ({ name }) => models.deleteRegisteredModel(name),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'registered-models/set-tag',
      access: 'contributorOrStep',
      touches: [ofModel('update')],
      summary: 'Set a tag of a registered model',
      input: Type.Object({ ...name, key: Type.String(), value: Type.String() }),
      handle: async ({ name, key, value }) => models.setRegisteredModelTag(name, key, value),
    }),
    mlflowRoute({
      method: 'DELETE',
      path: 'registered-models/delete-tag',
      access: 'contributor',
      touches: [ofModel('update')],
      summary: 'Delete a tag of a registered model',
      input: Type.Object({ ...name, key: Type.String() }),
      handle: async ({ name, key }) => models.deleteRegisteredModelTag(name, key),
    }),
    mlflowRoute({
      method: 'POST',
      path: 'registered-models/alias',
      access: 'contributorOrStep',
      touches: [ofModel('update')],
      summary: 'Point an alias at a model version',
      input: Type.Object({ ...alias, version: Type.String() }),
      handle: async ({ name, alias, version }) => models.setAlias(name, alias, version),
    }),
    mlflowRoute({
      method: 'GET',
      path: 'registered-models/alias',
      access: 'readerOrStep',
      touches: [ofModel('read')],
      summary: 'The model version that an alias points at',
      input: Alias,
      handle: async ({ name, alias }) => ({
        model_version: await models.getVersionByAlias(name, alias),
      }),
    }),
    mlflowRoute({
      method: 'DELETE',
      path: 'registered-models/alias',
      access: 'contributor',
      touches: [ofModel('update')],
      summary: 'Delete an alias',
      input: Alias,
      handle: async ({ name, alias }) => models.deleteAlias(name, alias),
    }),
  ];
}
