// What the server says of itself.
import type { FastifyInstance } from 'fastify';
import { anyone, steps } from '../auth/access.ts';
import { version } from '../version.ts';

export function serviceRoutes(app: FastifyInstance): void {
  const ofService = (summary: string) => ({ schema: { tags: ['service'], summary } });

  app.get('/health', { ...anyone, ...ofService('Whether the server runs') }, async () => 'OK');

  app.get('/version', { ...anyone, ...ofService('The version of Ridgeline') }, async () => version);

  app.get('/openapi.json', { ...anyone, schema: { hide: true } }, async () => app.swagger());

  app.get('/', { ...steps, ...ofService('Where to go from here') }, async () => ({
    name: 'ridgeline',
    version,
    api: '/openapi.json',
    tracking: '/api/2.0/mlflow',
    jobs: '/api/v1/jobs',
    endpoints: '/api/v1/endpoints',
  }));
}
