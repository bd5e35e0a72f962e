// Bodies that are passed on as they come in, whatever their content type, and never held in memory.
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** For all routes of `app`, which must be a scope of its own: nothing reads the body before them. */
export function streamBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  // A caller that was refused early may still be sending, and reads the answer only afterwards.
  app.addHook('onResponse', async ({ raw }) => {
    raw.resume();
  });
}

/**
 * The body's bytes; throws when the caller goes away before its end. Giving up on it midway leaves
 * the connection open, which the answer still needs.
 */
export function bodyBytes({ raw }: FastifyRequest): AsyncIterable<Uint8Array> {
  return raw.iterator({ destroyOnReturn: false });
}
