// Bodies that are passed on as they come in, whatever their content type, and never held in memory.
import type { FastifyInstance } from 'fastify';

/** For all routes of `app`, which must be a scope of its own: the request's body is the raw stream. */
export function streamBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}
