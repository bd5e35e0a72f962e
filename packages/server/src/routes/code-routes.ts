// Uploaded code: the folders in which steps and scoring scripts run.
import type { FastifyInstance } from 'fastify';
import type { ServerContext } from '../server-context.ts';
import { streamBodies } from './streamed-bodies.ts';

export function codeRoutes(app: FastifyInstance, { workspace }: ServerContext): void {
  app.register(async (scope) => {
    streamBodies(scope);
    const schema = {
      tags: ['code'],
      summary: 'Upload a folder of code as a tar archive; the same content has the same id',
      consumes: ['application/x-tar'],
    };
    scope.post('/api/v1/code', { schema }, async (request, reply) => {
      const stored = await workspace.code.store(request.raw);
      return reply.code(201).send(stored);
    });
  });
}
