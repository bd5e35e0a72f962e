// Components: definitions of steps, by name and version.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { untouched } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { closed, TextByName } from './schema-parts.ts';

const ComponentText = Type.Object(
  { text: Type.String(), fileName: Type.String(), codeBase: Type.String() },
  closed,
);
const NewComponent = Type.Object(
  {
    name: Type.String(),
    version: Type.Optional(
      Type.String({
        description: "Default: the latest's where it is the same, else the next number",
      }),
    ),
    text: Type.String({ description: "Azure ML's component YAML" }),
    fileName: Type.String({ description: 'Its name, for messages' }),
    code: Type.Optional(TextByName),
    components: Type.Optional(
      Type.Record(Type.String(), ComponentText, {
        description: 'The component files that the text names, by reference',
      }),
    ),
  },
  closed,
);
const Name = Type.Object({ name: Type.String() });
const Version = Type.Object({ name: Type.String(), version: Type.String() });

const tags = ['components'];
const create = {
  tags,
  summary: 'Register a version of a component (201), or find the same one (200)',
  body: NewComponent,
};
const list = { tags, summary: 'The latest version of each component' };
const ofName = { tags, summary: 'All versions of a component, the newest first', params: Name };
const one = { tags, summary: 'One version, or `latest`, with its text', params: Version };
const Reference = Type.Object({ reference: Type.String({ maxLength: 2048 }) }, closed);
const text = {
  tags,
  summary: 'The text that a reference such as `azureml:name:version` names',
  querystring: Reference,
};

const address = '/api/v1/components';

/** The texts of a component and of those that it names. */
const bodyLimit = 16 * 1024 * 1024;

export function componentRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  const { components } = workspace;
  return async (app) => {
    app.post(
      address,
      { ...untouched.contributor, bodyLimit, schema: create },
      async ({ body }, reply) => {
        const { component, created } = await components.create(body);
        return reply.code(created ? 201 : 200).send(component);
      },
    );

    app.get(address, { ...untouched.readerOrStep, schema: list }, async () => ({
      value: await components.list(),
    }));

    app.get(
      `${address}/:name`,
      { ...untouched.readerOrStep, schema: ofName },
      async ({ params }) => ({
        value: await components.versions(params.name),
      }),
    );

    app.get(
      '/api/v1/componentTexts',
      { ...untouched.readerOrStep, schema: text },
      async ({ query }) => components.textOf(query.reference),
    );

    app.get(
      `${address}/:name/versions/:version`,
      { ...untouched.readerOrStep, schema: one },
      async ({ params }) => components.get(params.name, params.version),
    );
  };
}
