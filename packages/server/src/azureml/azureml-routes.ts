// Azure ML's REST APIs (v1), each below its own prefix: what teams call that have published
// pipelines there.
import type { FastifyInstance } from 'fastify';
import { refuseUnknownRoutes } from '../errors/unknown-route.ts';
import type { ServerContext } from '../server-context.ts';
import { azurePrefixes } from './addresses.ts';
import { pipelineRunRoutes } from './pipeline-run-routes.ts';
import { runHistoryRoutes } from './run-history-routes.ts';
import { modelManagementRoutes } from './service-routes.ts';
import { swaggerRoute } from './swagger-route.ts';

type Routes = (app: FastifyInstance, context: ServerContext) => void;

const routesBelow: ReadonlyArray<readonly [prefix: string, routes: Routes]> = [
  [
    azurePrefixes.pipelines,
    (app, context) => {
      pipelineRunRoutes(app, context);
      swaggerRoute(app);
    },
  ],
  [azurePrefixes.history, runHistoryRoutes],
  [azurePrefixes.services, modelManagementRoutes],
];

export function azureMlRoutes(app: FastifyInstance, context: ServerContext): void {
  for (const [prefix, routes] of routesBelow) {
    app.register(
      async (scope) => {
        refuseUnknownRoutes(scope);
        routes(scope, context);
      },
      { prefix },
    );
  }
}
