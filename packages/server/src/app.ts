// The server as a tree of plugins, callable in process (`app.inject`) as well as over a socket.
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { requireAccess } from './auth/access.ts';
import { holdPermissions } from './auth/hold-permissions.ts';
import { checkHost } from './auth/host-check.ts';
import { azureMlRoutes } from './azureml/azureml-routes.ts';
import { canonicalUrl } from './azureml/canonical-url.ts';
import { replyWithError } from './errors/error-reply.ts';
import { refuseUnknownRoutes } from './errors/unknown-route.ts';
import { eventRoutes } from './events/event-routes.ts';
import { allowOrigins } from './http/cors.ts';
import { refuseWithoutEngines } from './http/engine-routes.ts';
import { compileRequestSchema } from './http/request-schema.ts';
import { mlflowRoutes } from './mlflow/mlflow-routes.ts';
import { Authority } from './oauth/authority.ts';
import { Bearer } from './oauth/bearer.ts';
import { oauthRoutes } from './oauth/oauth-routes.ts';
import { describeApi } from './openapi/describe-api.ts';
import { agentConnectionRoutes } from './routes/agent-connection-routes.ts';
import { agentFileRoutes } from './routes/agent-file-routes.ts';
import { agentRoutes } from './routes/agent-routes.ts';
import { buildFileRoutes } from './routes/build-file-routes.ts';
import { buildRoutes } from './routes/build-routes.ts';
import { codeRoutes } from './routes/code-routes.ts';
import { componentRoutes } from './routes/component-routes.ts';
import { computeRoutes } from './routes/compute-routes.ts';
import { dataRoutes } from './routes/data-routes.ts';
import { datastoreFileRoutes } from './routes/datastore-file-routes.ts';
import { datastoreRoutes } from './routes/datastore-routes.ts';
import { deliveryEnvironmentRoutes } from './routes/delivery-environment-routes.ts';
import { deliveryHookRoutes } from './routes/delivery-hook-routes.ts';
import { deliveryPipelineRoutes } from './routes/delivery-pipeline-routes.ts';
import { endpointRoutes } from './routes/endpoint-routes.ts';
import { environmentRoutes } from './routes/environment-routes.ts';
import { gcRoutes } from './routes/gc-routes.ts';
import { jobRoutes } from './routes/job-routes.ts';
import { lineageRoutes } from './routes/lineage-routes.ts';
import { permissionRoutes } from './routes/permission-routes.ts';
import { pipelineEndpointRoutes } from './routes/pipeline-endpoint-routes.ts';
import { pipelineRoutes } from './routes/pipeline-routes.ts';
import { scheduleRoutes } from './routes/schedule-routes.ts';
import { scoringRoutes } from './routes/scoring-routes.ts';
import { secretRoutes } from './routes/secret-routes.ts';
import { secureFileRoutes } from './routes/secure-file-routes.ts';
import { serviceConnectionRoutes } from './routes/service-connection-routes.ts';
import { servicePrincipalRoutes } from './routes/service-principal-routes.ts';
import { serviceRoutes } from './routes/service-routes.ts';
import { tokenRoutes } from './routes/token-routes.ts';
import { trustRoutes } from './routes/trust-routes.ts';
import { userRoutes } from './routes/user-routes.ts';
import { variableGroupRoutes } from './routes/variable-group-routes.ts';
import type { ServerContext } from './server-context.ts';

export interface AppOptions {
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
  /** Host names that the server answers for, besides `localhost` and numeric addresses. */
  readonly allowedHosts: readonly string[];
  /** Origins of web pages that may call the API, or `*`; default none. */
  readonly corsOrigins?: readonly string[];
  /** Where the server is reached, without a slash at the end; default: where it listens. */
  readonly publicUrl?: () => string;
  /** Requests wait until this resolves; default: they do not. */
  readonly started?: Promise<void>;
  /** Of several servers of a workspace only one runs the engines; default: this one. */
  readonly enginesAreRunning?: () => boolean;
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
  {
    logger,
    allowedHosts,
    corsOrigins = [],
    started,
    publicUrl,
    enginesAreRunning = () => true,
  }: AppOptions,
): Promise<FastifyInstance> {
  const app = fastify({
    logger,
    logController: new FailureLog(),
    forceCloseConnections: 'idle',
    frameworkErrors: replyWithError,
    routerOptions: { maxParamLength },
    rewriteUrl: ({ url = '/' }) => canonicalUrl(url, context.workspaceName),
  });
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(compileRequestSchema);
  app.setErrorHandler(replyWithError);
  refuseUnknownRoutes(app);
  checkHost(app, allowedHosts);
  allowOrigins(app, corsOrigins);
  const { workspace } = context;
  const authority = new Authority({
    workspace,
    publicUrl: publicUrl ?? (() => app.listeningOrigin),
  });
  requireAccess(app, new Bearer(authority), context.delivery.agents.connections);
  app.addHook('onRequest', async () => started);
  refuseWithoutEngines(app, enginesAreRunning);
  holdPermissions(app, context);
  await describeApi(app);
  // The API's description is made from the routes that are registered after it.
  await app.register(async (routes) => {
    serviceRoutes(routes, context);
    codeRoutes(routes, context);
    datastoreFileRoutes(routes, context);
    agentFileRoutes(routes, context);
    scoringRoutes(routes, context);
    mlflowRoutes(routes, context);
    oauthRoutes(routes, authority);
    await routes.register(tokenRoutes(context));
    await routes.register(userRoutes(context, authority));
    await routes.register(permissionRoutes(context));
    await routes.register(servicePrincipalRoutes(context));
    await routes.register(trustRoutes(context, authority));
    azureMlRoutes(routes, context);
    await routes.register(componentRoutes(context));
    await routes.register(computeRoutes(context));
    await routes.register(datastoreRoutes(context));
    await routes.register(dataRoutes(context));
    await routes.register(lineageRoutes(context));
    await routes.register(environmentRoutes(context));
    await routes.register(secretRoutes(context));
    await routes.register(gcRoutes(context));
    await routes.register(eventRoutes(context));
    await routes.register(jobRoutes(context));
    await routes.register(pipelineRoutes(context));
    await routes.register(pipelineEndpointRoutes(context));
    await routes.register(scheduleRoutes(context));
    await routes.register(endpointRoutes(context));
    await routes.register(deliveryPipelineRoutes(context));
    await routes.register(deliveryHookRoutes(context));
    await routes.register(buildRoutes(context));
    await routes.register(agentRoutes(context));
    await routes.register(agentConnectionRoutes(context));
    await routes.register(buildFileRoutes(context));
    variableGroupRoutes(routes, context);
    serviceConnectionRoutes(routes, context);
    secureFileRoutes(routes, context);
    deliveryEnvironmentRoutes(routes, context);
  });
  return app;
}
