// What builds leave: the final YAML, the logs of their steps, their artifacts.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { ofWorkspace } from '../auth/touch.ts';
import { sendFile } from '../http/send-file.ts';
import type { ServerContext } from '../server-context.ts';
import { digits } from './schema-parts.ts';

const Id = Type.Object({ id: Type.String() });
const Log = Type.Object({ id: Type.String(), log: Type.String({ pattern: digits }) });
const From = Type.Object({
  from: Type.Optional(Type.String({ pattern: digits, description: 'A line, from 0; default 0' })),
});
const Artifact = Type.Object({ id: Type.String(), artifact: Type.String() });

const tags = ['delivery'];
const yaml = { tags, summary: 'The final YAML that it was compiled to', params: Id };
const log = {
  tags,
  summary: "Lines of a step's log from one on; at most 10,000 at once",
  params: Log,
  querystring: From,
};
const artifacts = { tags, summary: 'Its artifacts', params: Id };
const files = { tags, summary: 'The files of an artifact', params: Artifact };
const file = { tags, summary: 'A file of an artifact' };

const address = '/api/v1/builds/:id';

interface FileAddress {
  readonly Params: { readonly id: string; readonly artifact: string; readonly '*': string };
}

export function buildFileRoutes({ delivery }: ServerContext): FastifyPluginAsyncTypebox {
  const { builds } = delivery;
  return async (app) => {
    app.get(`${address}/yaml`, { ...ofWorkspace.reader, schema: yaml }, async ({ params }, reply) =>
      reply.type('text/plain; charset=utf-8').send(await builds.finalYaml(params.id)),
    );

    app.get(
      `${address}/logs/:log`,
      { ...ofWorkspace.reader, schema: log },
      async ({ params, query }) =>
        builds.log(params.id, Number(params.log), Number(query.from ?? 0)),
    );

    app.get(
      `${address}/artifacts`,
      { ...ofWorkspace.reader, schema: artifacts },
      async ({ params }) => ({
        value: await builds.artifacts(params.id),
      }),
    );

    app.get(
      `${address}/artifacts/:artifact/files`,
      { ...ofWorkspace.reader, schema: files },
      async ({ params }) => ({ value: await builds.artifactFiles(params.id, params.artifact) }),
    );

    app.get<FileAddress>(
      `${address}/artifacts/:artifact/files/*`,
      { ...ofWorkspace.reader, schema: file },
      async ({ params }, reply) => {
        const { id, artifact, '*': path } = params;
        const { sizeBytes, content } = await builds.openArtifactFile(id, artifact, path);
        return sendFile(reply, path, { sizeBytes, stream: content });
      },
    );
  };
}
