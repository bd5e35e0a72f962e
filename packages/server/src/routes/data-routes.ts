// Data assets: named, versioned references to files on a datastore.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { untouched } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { closed, TextByName } from './schema-parts.ts';

const NewDataAsset = Type.Object(
  {
    name: Type.String(),
    version: Type.Optional(Type.String({ description: 'Default: the next whole number' })),
    type: Type.Optional(
      Type.Enum(['uri_file', 'uri_folder', 'mltable'], {
        description: 'Default: file or folder, as what is there is',
      }),
    ),
    description: Type.Optional(Type.String()),
    tags: Type.Optional(TextByName),
    uri: Type.String({ description: 'azureml://datastores/<name>/paths/<path>' }),
  },
  closed,
);

const tags = ['data'];
const name = Type.String();
const create = { tags, summary: 'Register a version of a data asset', body: NewDataAsset };
const WithId = Type.Object(
  { id: Type.Optional(Type.String({ description: 'The GUID of a version: only that one' })) },
  closed,
);
const list = { tags, summary: 'The latest version of each data asset', querystring: WithId };
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
    app.post(address, { ...untouched.contributorOrStep, schema: create }, async ({ body }, reply) =>
      reply.code(201).send(await data.create(body)),
    );

    app.get(address, { ...untouched.readerOrStep, schema: list }, async ({ query }) => ({
      value: query.id === undefined ? await data.list() : [await data.getById(query.id)],
    }));

    app.get(
      `${address}/:name`,
      { ...untouched.readerOrStep, schema: ofName },
      async ({ params }) => ({
        value: await data.versions(params.name),
      }),
    );

    app.get(
      `${address}/:name/versions/:version`,
      { ...untouched.readerOrStep, schema: one },
      async ({ params }) => data.get(params.name, params.version),
    );

    app.get(
      `${address}/:name/versions/:version/profile`,
      { ...untouched.readerOrStep, schema: profile },
      async ({ params }) => data.profile(params.name, params.version),
    );
  };
}
