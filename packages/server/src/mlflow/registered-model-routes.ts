// MLflow's routes of registered models and their aliases.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { steps } from '../auth/access.ts';
import { searchFields, Tags, TextList, toSearch, toWirePage } from './wire.ts';

const Create = Type.Object({
  name: Type.String(),
  description: Type.Optional(Type.String()),
  tags: Tags,
});
const Name = Type.Object({ name: Type.String() });
const Rename = Type.Object({ name: Type.String(), new_name: Type.String() });
const Update = Type.Object({ name: Type.String(), description: Type.String() });
const Search = Type.Object({ ...searchFields, order_by: TextList });
const TagOfModel = Type.Object({ name: Type.String(), key: Type.String() });
const SetTag = Type.Object({ name: Type.String(), key: Type.String(), value: Type.String() });
const Alias = Type.Object({ name: Type.String(), alias: Type.String() });
const SetAlias = Type.Object({
  name: Type.String(),
  alias: Type.String(),
  version: Type.String(),
});

const tags = ['mlflow'];

export function registeredModelRoutes({ models }: Workspace): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/registered-models/create',
      { ...steps, schema: { tags, body: Create } },
      async ({ body }) => ({ registered_model: await models.createRegisteredModel(body) }),
    );

    app.get(
      '/registered-models/get',
      { ...steps, schema: { tags, querystring: Name } },
      async ({ query }) => ({ registered_model: await models.getRegisteredModel(query.name) }),
    );

    app.get(
      '/registered-models/search',
      { ...steps, schema: { tags, querystring: Search } },
      async ({ query }) =>
        toWirePage('registered_models', await models.searchRegisteredModels(toSearch(query))),
    );

    app.post('/registered-models/rename', { schema: { tags, body: Rename } }, async ({ body }) => ({
      registered_model: await models.renameRegisteredModel(body.name, body.new_name),
    }));

    app.patch(
      '/registered-models/update',
      { schema: { tags, body: Update } },
      async ({ body }) => ({
        registered_model: await models.updateRegisteredModel(body.name, body),
      }),
    );

    app.delete('/registered-models/delete', { schema: { tags, body: Name } }, async ({ body }) => {
      await models.deleteRegisteredModel(body.name);
      return {};
    });

    app.post(
      '/registered-models/set-tag',
      { ...steps, schema: { tags, body: SetTag } },
      async ({ body }) => {
        await models.setRegisteredModelTag(body.name, body.key, body.value);
        return {};
      },
    );

    app.delete(
      '/registered-models/delete-tag',
      { schema: { tags, body: TagOfModel } },
      async ({ body }) => {
        await models.deleteRegisteredModelTag(body.name, body.key);
        return {};
      },
    );

    app.post(
      '/registered-models/alias',
      { ...steps, schema: { tags, body: SetAlias } },
      async ({ body }) => {
        await models.setAlias(body.name, body.alias, body.version);
        return {};
      },
    );

    app.get(
      '/registered-models/alias',
      { ...steps, schema: { tags, querystring: Alias } },
      async ({ query }) => ({
        model_version: await models.getVersionByAlias(query.name, query.alias),
      }),
    );

    app.delete('/registered-models/alias', { schema: { tags, body: Alias } }, async ({ body }) => {
      await models.deleteAlias(body.name, body.alias);
      return {};
    });
  };
}
