// The files of datastores, streamed both ways.
import type { FastifyInstance } from 'fastify';
import { steps } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';
import { sendFile } from './send-file.ts';
import { streamBodies } from './streamed-bodies.ts';

interface FileParams {
  readonly name: string;
  readonly '*': string;
}

const address = '/api/v1/datastores/:name/files/*';

export function datastoreRoutes(app: FastifyInstance, { workspace }: ServerContext): void {
  app.register(async (scope) => {
    streamBodies(scope);
    const ofFiles = (summary: string) => ({
      ...steps,
      schema: { tags: ['datastores'], summary },
    });

    scope.put<{ Params: FileParams }>(
      address,
      ofFiles('Write a file; it appears whole or not at all'),
      async ({ params, raw }, reply) => {
        const stored = await workspace.datastores.get(params.name).write(params['*'], raw);
        return reply.code(201).send(stored);
      },
    );

    scope.get<{ Params: FileParams }>(
      address,
      ofFiles('Read a file'),
      async ({ params }, reply) => {
        const path = params['*'];
        return sendFile(reply, path, await workspace.datastores.get(params.name).read(path));
      },
    );
  });
}
