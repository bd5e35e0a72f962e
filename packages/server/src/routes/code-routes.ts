// Uploaded code: the folders in which steps and scoring scripts run.
import type { FastifyInstance } from 'fastify';
import { untouched } from '../auth/touch.ts';
import { bodyBytes, streamBodies } from '../http/streamed-bodies.ts';
import type { ServerContext } from '../server-context.ts';

const upload = {
  tags: ['code'],
  summary: 'Upload a folder of code as a tar archive; the same content has the same id',
  consumes: ['application/x-tar'],
};

export function codeRoutes(app: FastifyInstance, { workspace }: ServerContext): void {
  app.register(async (scope) => {
    streamBodies(scope);
    scope.post(
      '/api/v1/code',
      { ...untouched.contributor, schema: upload },
      async (request, reply) =>
        reply.code(201).send(await workspace.code.store(bodyBytes(request))),
    );
  });
}
