// The description of the call that starts a published pipeline, at the address that Azure ML has for it.
import type { FastifyInstance } from 'fastify';
import { anyone } from '../auth/access.ts';
import { pipelineAddresses, routePath } from './addresses.ts';
import { submitSwagger } from './swagger-document.ts';

const schema = {
  tags: ['azureml'],
  summary: 'How the pipeline behind a pipeline endpoint is started, as Swagger 2',
};

export function swaggerRoute(app: FastifyInstance): void {
  const path = pipelineAddresses.submitEndpoint.replace(/:(\w+)/g, '{$1}');
  const options = { ...anyone, schema };
  app.get(routePath(pipelineAddresses.swagger), options, async ({ host, protocol: scheme }) =>
    submitSwagger({ host, scheme, path }),
  );
}
