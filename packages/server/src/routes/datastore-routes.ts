// Datastores: named places of files.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { assertOwner } from '../auth/assert-owner.ts';
import { untouched } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { closed, TextByName } from './schema-parts.ts';

const CloudStorage = Type.Object(
  {
    type: Type.Enum(['azure_blob', 'azure_file', 'azure_data_lake_gen2']),
    account: Type.String(),
    container: Type.String(),
  },
  closed,
);
const NewDatastore = Type.Object(
  {
    name: Type.String(),
    folder: Type.Optional(Type.String({ description: "Absolute, on the server's machine" })),
    standInFor: Type.Optional(CloudStorage),
    description: Type.Optional(Type.String()),
    tags: Type.Optional(TextByName),
  },
  closed,
);
const Name = Type.Object({ name: Type.String() });

const tags = ['datastores'];
const create = {
  tags,
  summary: 'Make a datastore (201), or find the same one (200); `folder` needs the role Owner',
  body: NewDatastore,
};
const list = { tags, summary: 'All datastores' };
const one = { tags, summary: 'A datastore', params: Name };

const address = '/api/v1/datastores';

export function datastoreRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { datastores } = workspace;
  return async (app) => {
    app.post(
      address,
      { ...untouched.contributor, schema: create },
      async ({ body, principal }, reply) => {
        // A folder of the machine can hold what is not the workspace's to give.
        if (body.folder !== undefined) {
          assertOwner(principal, "a datastore of a folder of the server's machine");
        }
        const { datastore, created } = await datastores.getOrCreate(body);
        return reply.code(created ? 201 : 200).send(datastore);
      },
    );

    app.get(address, { ...untouched.readerOrStep, schema: list }, async () => ({
      value: await datastores.list(),
    }));

    app.get(`${address}/:name`, { ...untouched.readerOrStep, schema: one }, async ({ params }) =>
      datastores.info(params.name),
    );
  };
}
