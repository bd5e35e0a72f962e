// Where model versions come from, and what was made of data assets.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { readerOrStep } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';

const Version = Type.Object({ name: Type.String(), version: Type.String() });
const ofModel = {
  tags: ['models'],
  summary: 'The run, job, data, commit and build that a model version comes from',
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
      { ...readerOrStep, schema: ofModel },
      async ({ params }) => lineage.ofModelVersion(params.name, params.version),
    );

    app.get(
      '/api/v1/data/:name/versions/:version/lineage',
      { ...readerOrStep, schema: ofData },
      async ({ params }) => lineage.ofData(params.name, params.version),
    );
  };
}
