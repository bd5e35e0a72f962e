// Secure files: what jobs of delivery pipelines need as files and nobody is to read, such as signing
// keys. The content comes in as a stream, and no route gives it back.
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { owner } from '../auth/access.ts';
import { bodyBytes, streamBodies } from '../http/streamed-bodies.ts';
import type { ServerContext } from '../server-context.ts';
import { assetRoutes } from './delivery-asset-routes.ts';
import { assetWords, closed, permissions } from './schema-parts.ts';

const Pipelines = Type.Union([Type.String(), Type.Array(Type.String())], {
  description: 'Those that may use it; given again for each',
});
const New = Type.Object(
  {
    name: Type.String(),
    description: Type.Optional(Type.String()),
    allowAllPipelines: Type.Optional(Type.Enum(['true', 'false'])),
    pipelines: Type.Optional(Pipelines),
  },
  closed,
);
const Changes = Type.Object({ ...assetWords, ...permissions }, closed);

const noun = { address: '/api/v1/secure-files', what: 'secure file' };
const upload = {
  tags: ['delivery'],
  summary: 'Upload a secure file; it is there whole or not at all',
  consumes: ['application/octet-stream'],
  querystring: New,
};

export function secureFileRoutes(app: FastifyInstance, { delivery }: ServerContext): void {
  const { files } = delivery.assets;
  assetRoutes(app, noun, Changes, files);
  app.register(async (scope) => {
    streamBodies(scope);
    scope.post<{ Querystring: Static<typeof New> }>(
      noun.address,
      { ...owner, schema: upload },
      async (request, reply) => {
        const { allowAllPipelines, pipelines = [], ...words } = request.query;
        const file = {
          ...words,
          allowAllPipelines: allowAllPipelines === 'true',
          pipelines: [pipelines].flat(),
        };
        const by = request.principal?.name ?? '';
        return reply.code(201).send(await files.create(file, bodyBytes(request), by));
      },
    );
  });
}
