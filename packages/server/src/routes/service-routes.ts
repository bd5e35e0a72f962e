// What the server says of itself.
import type { FastifyInstance } from 'fastify';
import { anyone } from '../auth/access.ts';
import { untouched } from '../auth/touch.ts';
import type { ServerContext } from '../server-context.ts';
import { version } from '../version.ts';

const ofService = (summary: string) => ({ schema: { tags: ['service'], summary } });

export function serviceRoutes(app: FastifyInstance, { workspace }: ServerContext): void {
  app.get('/health', { ...anyone, ...ofService('`OK` while the server runs') }, async () => 'OK');

  app.get('/version', { ...anyone, ...ofService('The version of Ridgeline') }, async () => version);

  app.get('/openapi.json', { ...anyone, ...ofService('This document') }, async () => app.swagger());

  app.get('/', { ...untouched.readerOrStep, ...ofService('Where to go from here') }, async () => ({
    name: 'ridgeline',
    version,
    workspace: workspace.folder,
    api: '/openapi.json',
    tracking: '/api/2.0/mlflow',
    jobs: '/api/v1/jobs',
    endpoints: '/api/v1/endpoints',
  }));
}
