// MLflow's routes of model versions.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { steps } from '../auth/access.ts';
import { searchFields, Tags, TextList, toSearch, toWirePage } from './wire.ts';

const Create = Type.Object({
  name: Type.String(),
  source: Type.String(),
  run_id: Type.Optional(Type.String()),
  run_link: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  tags: Tags,
});
const Version = Type.Object({ name: Type.String(), version: Type.String() });
const Update = Type.Object({
  name: Type.String(),
  version: Type.String(),
  description: Type.String(),
});
const Search = Type.Object({ ...searchFields, order_by: TextList });
const SetTag = Type.Object({
  name: Type.String(),
  version: Type.String(),
  key: Type.String(),
  value: Type.String(),
});
const TagOfVersion = Type.Object({
  name: Type.String(),
  version: Type.String(),
  key: Type.String(),
});

const tags = ['mlflow'];

export function modelVersionRoutes({ models }: Workspace): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/model-versions/create',
      { ...steps, schema: { tags, body: Create } },
      async ({ body }) => {
        const { run_id: runId, run_link: runLink, ...rest } = body;
        const links = { ...(runId && { runId }), ...(runLink && { runLink }) };
        return { model_version: await models.createVersion({ ...rest, ...links }) };
      },
    );

    app.get(
      '/model-versions/get',
      { ...steps, schema: { tags, querystring: Version } },
      async ({ query }) => ({ model_version: await models.getVersion(query.name, query.version) }),
    );

    app.get(
      '/model-versions/search',
      { ...steps, schema: { tags, querystring: Search } },
      async ({ query }) =>
        toWirePage('model_versions', await models.searchVersions(toSearch(query))),
    );

    app.get(
      '/model-versions/get-download-uri',
      { ...steps, schema: { tags, querystring: Version } },
      async ({ query }) => {
        const { source } = await models.getVersion(query.name, query.version);
        return { artifact_uri: source };
      },
    );

    app.patch('/model-versions/update', { schema: { tags, body: Update } }, async ({ body }) => ({
      model_version: await models.updateVersion(body.name, body.version, body),
    }));

    app.delete('/model-versions/delete', { schema: { tags, body: Version } }, async ({ body }) => {
      await models.deleteVersion(body.name, body.version);
      return {};
    });

    app.post(
      '/model-versions/set-tag',
      { ...steps, schema: { tags, body: SetTag } },
      async ({ body }) => {
        await models.setVersionTag(body.name, body.version, body.key, body.value);
        return {};
      },
    );

    app.delete(
      '/model-versions/delete-tag',
      { schema: { tags, body: TagOfVersion } },
      async ({ body }) => {
        await models.deleteVersionTag(body.name, body.version, body.key);
        return {};
      },
    );
  };
}
