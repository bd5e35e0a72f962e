// Data assets: named, versioned references to files on a datastore.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { steps } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';

const NewDataAsset = Type.Object({
  name: Type.String(),
  version: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  tags: Type.Optional(Type.Record(Type.String(), Type.String())),
  uri: Type.String({ description: 'azureml://datastores/<name>/paths/<path>' }),
});
const Name = Type.Object({ name: Type.String() });
const Version = Type.Object({ name: Type.String(), version: Type.String() });

export function dataRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { data } = workspace;
  const tags = ['data'];
  return async (app) => {
    app.post(
      '/api/v1/data',
      {
        ...steps,
        schema: { tags, summary: 'Register a version of a data asset', body: NewDataAsset },
      },
      async ({ body }, reply) => reply.code(201).send(await data.create(body)),
    );

    app.get(
      '/api/v1/data',
      { ...steps, schema: { tags, summary: 'The latest version of each data asset' } },
      async () => ({ value: await data.list() }),
    );

    app.get(
      '/api/v1/data/:name',
      { ...steps, schema: { tags, summary: 'All versions of a data asset', params: Name } },
      async ({ params }) => ({ value: await data.versions(params.name) }),
    );

    app.get(
      '/api/v1/data/:name/versions/:version',
      { ...steps, schema: { tags, summary: 'One version, or `latest`', params: Version } },
      async ({ params }) => data.get(params.name, params.version),
    );

    app.get(
      '/api/v1/data/:name/versions/:version/profile',
      { ...steps, schema: { tags, summary: 'The figures of its columns', params: Version } },
      async ({ params }) => data.profile(params.name, params.version),
    );
  };
}
