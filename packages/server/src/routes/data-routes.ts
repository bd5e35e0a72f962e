// Data assets: named, versioned references to files on a datastore.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { steps } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';
import { closed, TextByName } from './schema-parts.ts';

const NewDataAsset = Type.Object(
  {
    name: Type.String(),
    version: Type.Optional(Type.String({ description: 'Default: the next whole number' })),
    description: Type.Optional(Type.String()),
    tags: Type.Optional(TextByName),
    uri: Type.String({ description: 'azureml://datastores/<name>/paths/<path>' }),
  },
  closed,
);

const tags = ['data'];
const name = Type.String();
const create = { tags, summary: 'Register a version of a data asset', body: NewDataAsset };
const list = { tags, summary: 'The latest version of each data asset' };
const ofName = {
  tags,
  summary: 'All versions of a data asset, the newest first',
  params: Type.Object({ name }),
};
const Version = Type.Object({ name, version: Type.String() });
const one = { tags, summary: 'One version, or `latest`', params: Version };
const profile = { tags, summary: 'The figures of the columns of one version', params: Version };

const address = '/api/v1/data';

export function dataRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { data } = workspace;
  return async (app) => {
    app.post(address, { ...steps, schema: create }, async ({ body }, reply) =>
      reply.code(201).send(await data.create(body)),
    );

    app.get(address, { ...steps, schema: list }, async () => ({ value: await data.list() }));

    app.get(`${address}/:name`, { ...steps, schema: ofName }, async ({ params }) => ({
      value: await data.versions(params.name),
    }));

    app.get(`${address}/:name/versions/:version`, { ...steps, schema: one }, async ({ params }) =>
      data.get(params.name, params.version),
    );

    app.get(
      `${address}/:name/versions/:version/profile`,
      { ...steps, schema: profile },
      async ({ params }) => data.profile(params.name, params.version),
    );
  };
}
