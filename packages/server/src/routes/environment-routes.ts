// Environments: named, versioned descriptions of what steps run in.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { untouched } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { closed, TextByName } from './schema-parts.ts';

const Texts = Type.Array(Type.String());

// What else stands in a conda file the workspace refuses, as it knows what to say of it.
const CondaFile = Type.Object({
  name: Type.Optional(Type.String()),
  channels: Type.Optional(Texts),
  dependencies: Type.Array(Type.Union([Type.String(), Type.Object({ pip: Texts }, closed)])),
});

const NewEnvironment = Type.Object(
  {
    name: Type.String(),
    version: Type.Optional(Type.String({ description: 'Default: the next whole number' })),
    description: Type.Optional(Type.String()),
    tags: Type.Optional(TextByName),
    image: Type.Optional(Type.String({ description: 'Ignored beside a conda file' })),
    condaFile: Type.Optional(CondaFile),
    requirements: Type.Optional(
      Type.Array(Type.String(), { description: 'As of a requirements.txt' }),
    ),
  },
  closed,
);

const tags = ['environments'];
const name = Type.String();
const create = { tags, summary: 'Register a version of an environment', body: NewEnvironment };
const list = { tags, summary: 'The latest version of each environment' };
const ofName = {
  tags,
  summary: 'All versions of an environment, the newest first',
  params: Type.Object({ name }),
};
const one = {
  tags,
  summary: 'One version, or `latest`',
  params: Type.Object({ name, version: Type.String() }),
};

const address = '/api/v1/environments';

export function environmentRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { environments } = workspace;
  return async (app) => {
    app.post(address, { ...untouched.contributor, schema: create }, async ({ body }, reply) =>
      reply.code(201).send(await environments.create(body)),
    );

    app.get(address, { ...untouched.reader, schema: list }, async () => ({
      value: await environments.list(),
    }));

    app.get(`${address}/:name`, { ...untouched.reader, schema: ofName }, async ({ params }) => ({
      value: await environments.versions(params.name),
    }));

    app.get(
      `${address}/:name/versions/:version`,
      { ...untouched.reader, schema: one },
      async ({ params }) => environments.get(params.name, params.version),
    );
  };
}
