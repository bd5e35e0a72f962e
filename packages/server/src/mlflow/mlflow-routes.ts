// MLflow's REST API 2.0, at both of its prefixes, with MLflow's shape of errors.
import type { FastifyInstance } from 'fastify';
import { replyWithMlflowError } from '../errors/error-reply.ts';
import { refuseUnknownRoutes } from '../errors/unknown-route.ts';
import type { ServerContext } from '../server-context.ts';
import { artifactListRoute } from './artifact-list-route.ts';
import { artifactProxyRoutes } from './artifact-proxy-routes.ts';
import { experimentRoutes } from './experiment-routes.ts';
import { logRoutes } from './log-routes.ts';
import { loggedModelRoute } from './logged-model-route.ts';
import { addMlflowRoute } from './mlflow-route.ts';
import { modelVersionRoutes } from './model-version-routes.ts';
import { registeredModelRoutes } from './registered-model-routes.ts';
import { runRoutes } from './run-routes.ts';

// MLflow's own web pages use the second one.
const prefixes = ['/api/2.0', '/ajax-api/2.0'] as const;

// Newer clients ask there first whether a server has what version 2.0 has not.
const newerPrefixes = ['/api/3.0', '/ajax-api/3.0'] as const;

export function mlflowRoutes(app: FastifyInstance, { workspace, jobs }: ServerContext): void {
  const routes = [
    ...experimentRoutes(workspace),
    ...runRoutes(workspace),
    ...logRoutes(workspace, jobs),
    ...registeredModelRoutes(workspace),
    ...modelVersionRoutes(workspace),
    artifactListRoute(workspace),
    loggedModelRoute(),
  ];
  for (const prefix of [...prefixes, ...newerPrefixes]) {
    app.register(
      async (scope) => {
        scope.setErrorHandler(replyWithMlflowError);
        refuseUnknownRoutes(scope);
        if (newerPrefixes.some((newer) => newer === prefix)) return;
        for (const route of routes) addMlflowRoute(scope, route);
        artifactProxyRoutes(scope, workspace);
      },
      { prefix },
    );
  }
}
