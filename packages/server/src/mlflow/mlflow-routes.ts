// MLflow's REST API 2.0, at both of its prefixes, with MLflow's shape of errors.
import type { FastifyInstance } from 'fastify';
import { replyWithMlflowError } from '../errors/error-reply.ts';
import { refuseUnknownRoutes } from '../errors/unknown-route.ts';
import type { ServerContext } from '../server-context.ts';
import { artifactListRoute } from './artifact-list-route.ts';
import { artifactProxyRoutes } from './artifact-proxy-routes.ts';
import { experimentRoutes } from './experiment-routes.ts';
import { getArtifactRoutes } from './get-artifact-routes.ts';
import { logRoutes, type RootWrites } from './log-routes.ts';
import { loggedModelRoutes } from './logged-model-routes.ts';
import { metricHistoryRoutes } from './metric-history-routes.ts';
import { addMlflowRoute } from './mlflow-route.ts';
import { modelVersionRoutes } from './model-version-routes.ts';
import { multipartRoutes } from './multipart-routes.ts';
import { partRoutes } from './part-routes.ts';
import { permissionRoutes } from './permission-routes.ts';
import { presignedProxyRoute, presignedRoutes } from './presigned-routes.ts';
import { registeredModelRoutes } from './registered-model-routes.ts';
import { runRoutes } from './run-routes.ts';
import { uploadArtifactRoute } from './upload-artifact-route.ts';
import { userPermissionRoutes } from './user-permission-routes.ts';
import { userRoutes } from './user-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

// MLflow's own web pages use the second one.
const prefixes = ['/api/2.0', '/ajax-api/2.0'] as const;

// Newer clients have their permissions there, and ask first whether a server has what version 2.0 has
// not.
const newerPrefixes = ['/api/3.0', '/ajax-api/3.0'] as const;

export interface MlflowContext extends Pick<ServerContext, 'workspace' | 'publicUrl'> {
  readonly jobs: RootWrites;
}

export function mlflowRoutes(app: FastifyInstance, context: MlflowContext): void {
  const { workspace, jobs } = context;
  const routes = [
    ...experimentRoutes(workspace),
    ...runRoutes(workspace),
    ...logRoutes(workspace, jobs),
    ...registeredModelRoutes(workspace),
    ...modelVersionRoutes(workspace),
    artifactListRoute(workspace),
    ...metricHistoryRoutes(workspace),
    ...loggedModelRoutes(workspace),
    ...webhookRoutes(workspace),
    ...userRoutes(workspace),
    ...permissionRoutes(workspace),
    ...presignedRoutes(workspace),
  ];
  const newerRoutes = userPermissionRoutes(workspace);
  for (const prefix of [...prefixes, ...newerPrefixes]) {
    app.register(
      async (scope) => {
        scope.setErrorHandler(replyWithMlflowError);
        refuseUnknownRoutes(scope);
        const isNewer = newerPrefixes.some((newer) => newer === prefix);
        for (const route of isNewer ? newerRoutes : routes) addMlflowRoute(scope, route);
        if (isNewer) return;
        artifactProxyRoutes(scope, workspace);
        multipartRoutes(scope, context);
        partRoutes(scope, workspace);
        presignedProxyRoute(scope, workspace);
        uploadArtifactRoute(scope, workspace);
      },
      { prefix },
    );
  }
  // Links of MLflow's own pages, which stand beside its API.
  app.register(async (scope) => {
    scope.setErrorHandler(replyWithMlflowError);
    getArtifactRoutes(scope, workspace);
  });
}
