// Where model versions come from, and what was made of data assets.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { hiddenFrom } from '../auth/shown-to.ts';
import { leavingOut, touch, touching } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { shownDataLineage, shownModelLineage } from './hide-lineage.ts';

const Version = Type.Object({ name: Type.String(), version: Type.String() });
const readingModel = touching(touch('read', 'model', 'params.name'));
const ofModel = {
  tags: ['models'],
  summary: 'The run, job, data, models, commit and build that a model version comes from',
  params: Version,
};
const ofData = {
  tags: ['data'],
  summary: 'The models made from a version of a data asset, and the runs that took it in',
  params: Version,
};

export function lineageRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { lineage } = workspace;
  return async (app) => {
    app.get(
      '/api/v1/models/:name/versions/:version/lineage',
      { ...readingModel.readerOrStep, schema: ofModel },
      async ({ params, principal }) =>
        shownModelLineage(
          await lineage.ofModelVersion(params.name, params.version),
          await hiddenFrom(workspace, principal),
        ),
    );

    app.get(
      '/api/v1/data/:name/versions/:version/lineage',
      { ...leavingOut.readerOrStep, schema: ofData },
      async ({ params, principal }) =>
        shownDataLineage(
          await lineage.ofData(params.name, params.version),
          await hiddenFrom(workspace, principal),
        ),
    );
  };
}
