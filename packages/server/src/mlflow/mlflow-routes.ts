// MLflow's REST API 2.0, at both of its prefixes, with MLflow's shape of errors.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { replyWithMlflowError } from '../errors/error-reply.ts';
import type { ServerContext } from '../server-context.ts';
import { artifactListRoute, artifactProxyRoutes } from './artifact-routes.ts';
import { experimentRoutes } from './experiment-routes.ts';
import { loggingRoutes } from './logging-routes.ts';
import { modelVersionRoutes } from './model-version-routes.ts';
import { registeredModelRoutes } from './registered-model-routes.ts';
import { runRoutes } from './run-routes.ts';

// MLflow's own web pages use the second prefix.
const prefixes = ['/api/2.0/mlflow', '/ajax-api/2.0/mlflow'] as const;

export function mlflowRoutes({ workspace }: ServerContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.setErrorHandler(replyWithMlflowError);
    for (const prefix of prefixes) {
      await app.register(
        async (routes) => {
          await routes.register(experimentRoutes(workspace));
          await routes.register(runRoutes(workspace));
          await routes.register(loggingRoutes(workspace));
          await routes.register(registeredModelRoutes(workspace));
          await routes.register(modelVersionRoutes(workspace));
          artifactListRoute(routes, workspace);
        },
        { prefix },
      );
    }
    artifactProxyRoutes(app, workspace);
  };
}
