// The files of datastores, streamed both ways.
import type { FastifyInstance } from 'fastify';
import { untouched } from '../auth/touch.ts';
import { sendFile } from '../http/send-file.ts';
import { bodyBytes, streamBodies } from '../http/streamed-bodies.ts';
import type { ServerContext } from '../server-context.ts';

interface FileAddress {
  readonly Params: { readonly name: string; readonly '*': string };
}

const address = '/api/v1/datastores/:name/files/*';
const tags = ['datastores'];
const write = {
  tags,
  summary: 'Write a file; it appears whole or not at all',
  consumes: ['application/octet-stream'],
};
const read = { tags, summary: 'Read a file' };

export function datastoreFileRoutes(app: FastifyInstance, { workspace }: ServerContext): void {
  const { datastores } = workspace;
  app.register(async (scope) => {
    streamBodies(scope);

    scope.put<FileAddress>(
      address,
      { ...untouched.contributorOrStep, schema: write },
      async (request, reply) => {
        const { name, '*': path } = request.params;
        return reply
          .code(201)
          .send(await (await datastores.get(name)).write(path, bodyBytes(request)));
      },
    );

    scope.get<FileAddress>(
      address,
      { ...untouched.readerOrStep, schema: read },
      async ({ params }, reply) => {
        const { name, '*': path } = params;
        return sendFile(reply, path, await (await datastores.get(name)).read(path));
      },
    );
  });
}
