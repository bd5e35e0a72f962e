// The answer to requests that no route takes.
import type { FastifyInstance } from 'fastify';
import { ServerError } from './server-error.ts';

/** For all addresses below the prefix of `app`. */
export function refuseUnknownRoutes(app: FastifyInstance): void {
  app.setNotFoundHandler(async ({ method, url }) => {
    const message = `there is no ${method} ${url.split('?')[0]}; /openapi.json lists what there is`;
    throw new ServerError('ROUTE_NOT_FOUND', message);
  });
}
