// MLflow's routes of experiments.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Workspace } from '@ridgeline/workspace';
import Type from 'typebox';
import { steps } from '../auth/access.ts';
import { searchFields, Tags, TextList, toSearch, toWirePage, ViewType } from './wire.ts';

const Create = Type.Object({
  name: Type.String(),
  artifact_location: Type.Optional(Type.String()),
  tags: Tags,
});
const Id = Type.Object({ experiment_id: Type.String() });
const Name = Type.Object({ experiment_name: Type.String() });
const Search = Type.Object({ ...searchFields, order_by: TextList, view_type: ViewType });
const Update = Type.Object({ experiment_id: Type.String(), new_name: Type.String() });
const SetTag = Type.Object({
  experiment_id: Type.String(),
  key: Type.String(),
  value: Type.String(),
});

export function experimentRoutes({ experiments }: Workspace): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/experiments/create',
      { ...steps, schema: { tags: ['mlflow'], body: Create } },
      async ({ body }) => {
        const { name, tags, artifact_location: artifactLocation } = body;
        const given = { ...(tags && { tags }), ...(artifactLocation && { artifactLocation }) };
        const { experiment_id } = await experiments.create({ name, ...given });
        return { experiment_id };
      },
    );

    app.get(
      '/experiments/get',
      { ...steps, schema: { tags: ['mlflow'], querystring: Id } },
      async ({ query }) => ({ experiment: await experiments.getById(query.experiment_id) }),
    );

    app.get(
      '/experiments/get-by-name',
      { ...steps, schema: { tags: ['mlflow'], querystring: Name } },
      async ({ query }) => ({ experiment: await experiments.getByName(query.experiment_name) }),
    );

    const search = async ({ view_type: viewType, ...rest }: Type.Static<typeof Search>) => {
      const wanted = { ...toSearch(rest), ...(viewType !== undefined && { viewType }) };
      return toWirePage('experiments', await experiments.search(wanted));
    };
    app.post(
      '/experiments/search',
      { ...steps, schema: { tags: ['mlflow'], body: Search } },
      async ({ body }) => search(body),
    );
    app.get(
      '/experiments/search',
      { ...steps, schema: { tags: ['mlflow'], querystring: Search } },
      async ({ query }) => search(query),
    );

    app.post(
      '/experiments/update',
      { schema: { tags: ['mlflow'], body: Update } },
      async ({ body }) => {
        await experiments.update(body.experiment_id, { name: body.new_name });
        return {};
      },
    );

    app.post(
      '/experiments/delete',
      { schema: { tags: ['mlflow'], body: Id } },
      async ({ body }) => {
        await experiments.delete(body.experiment_id);
        return {};
      },
    );

    app.post(
      '/experiments/restore',
      { schema: { tags: ['mlflow'], body: Id } },
      async ({ body }) => {
        await experiments.restore(body.experiment_id);
        return {};
      },
    );

    app.post(
      '/experiments/set-experiment-tag',
      { ...steps, schema: { tags: ['mlflow'], body: SetTag } },
      async ({ body }) => {
        await experiments.setTag(body.experiment_id, body.key, body.value);
        return {};
      },
    );
  };
}
