// The server as a tree of plugins, callable in process (`app.inject`) as well as over a socket.
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { requireAccess } from './auth/access.ts';
import { checkHost } from './auth/host-check.ts';
import { replyWithError } from './errors/error-reply.ts';
import { refuseUnknownRoutes } from './errors/unknown-route.ts';
import { compileRequestSchema } from './http/request-schema.ts';
import { mlflowRoutes } from './mlflow/mlflow-routes.ts';
import { describeApi } from './openapi/describe-api.ts';
import { codeRoutes } from './routes/code-routes.ts';
import { dataRoutes } from './routes/data-routes.ts';
import { datastoreRoutes } from './routes/datastore-routes.ts';
import { endpointRoutes } from './routes/endpoint-routes.ts';
import { jobRoutes } from './routes/job-routes.ts';
import { scoringRoutes } from './routes/scoring-routes.ts';
import { serviceRoutes } from './routes/service-routes.ts';
import type { ServerContext } from './server-context.ts';

export interface AppOptions {
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
  /** Host names that the server answers for, besides `localhost` and numeric addresses. */
  readonly allowedHosts: readonly string[];
  /** Requests wait until this resolves; default: they do not. */
  readonly started?: Promise<void>;
}

/** Only what goes wrong is worth a line. */
class FailureLog extends LogController {
  override incomingRequest(): void {}
  override requestCompleted(): void {}
}

/** The longest name or id in a path, in characters; what follows a `*` may be longer. */
const maxParamLength = 1024;

export async function buildApp(
  context: ServerContext,
  { logger, allowedHosts, started }: AppOptions,
): Promise<FastifyInstance> {
  const app = fastify({
    logger,
    logController: new FailureLog(),
    forceCloseConnections: 'idle',
    frameworkErrors: replyWithError,
    routerOptions: { maxParamLength },
  });
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(compileRequestSchema);
  app.setErrorHandler(replyWithError);
  refuseUnknownRoutes(app);
  checkHost(app, allowedHosts);
  requireAccess(app, context.workspace);
  app.addHook('onRequest', async () => started);
  await describeApi(app);
  // The API's description is made from the routes that are registered after it.
  await app.register(async (routes) => {
    serviceRoutes(routes, context);
    codeRoutes(routes, context);
    datastoreRoutes(routes, context);
    scoringRoutes(routes, context);
    mlflowRoutes(routes, context);
    await routes.register(dataRoutes(context));
    await routes.register(jobRoutes(context));
    await routes.register(endpointRoutes(context));
  });
  return app;
}
