// The server as a tree of plugins, callable in process (`app.inject`) as well as over a socket.
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { requireAccess } from './auth/access.ts';
import { checkHost } from './auth/host-check.ts';
import { replyWithError } from './errors/error-reply.ts';
import { ServerError } from './errors/server-error.ts';
import { mlflowRoutes } from './mlflow/mlflow-routes.ts';
import { codeRoutes } from './routes/code-routes.ts';
import { dataRoutes } from './routes/data-routes.ts';
import { datastoreRoutes } from './routes/datastore-routes.ts';
import { endpointRoutes } from './routes/endpoint-routes.ts';
import { jobRoutes } from './routes/job-routes.ts';
import { scoringRoutes } from './routes/scoring-routes.ts';
import { serviceRoutes } from './routes/service-routes.ts';
import type { ServerContext } from './server-context.ts';
import { version } from './version.ts';

export interface AppOptions {
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
  /** Host names that the server answers for, besides those of loopback. */
  readonly allowedHosts: readonly string[];
}

export async function buildApp(
  context: ServerContext,
  { logger, allowedHosts }: AppOptions,
): Promise<FastifyInstance> {
  const app = fastify({
    logger,
    // Only what goes wrong is worth a line; requests are counted elsewhere.
    logController: new LogController({ disableRequestLogging: true }),
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true } },
    forceCloseConnections: 'idle',
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setErrorHandler(replyWithError);
  app.setNotFoundHandler((request) => {
    const message = `there is no ${request.method} ${request.url.split('?')[0]}; /openapi.json lists what there is`;
    throw new ServerError('ROUTE_NOT_FOUND', message);
  });
  checkHost(app, allowedHosts);
  requireAccess(app, context.workspace);

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Ridgeline', version },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  });
  // The API's description is made from the routes that are registered after it.
  await app.register(async (routes) => {
    serviceRoutes(routes);
    codeRoutes(routes, context);
    datastoreRoutes(routes, context);
    scoringRoutes(routes, context);
    await routes.register(dataRoutes(context));
    await routes.register(jobRoutes(context));
    await routes.register(endpointRoutes(context));
    await routes.register(mlflowRoutes(context));
  });
  return app;
}
