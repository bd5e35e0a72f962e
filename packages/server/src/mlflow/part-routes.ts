// Where the parts of an upload go if artifacts are kept in the workspace's folder: a cloud takes its
// parts itself.
import type { Workspace } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { anyone } from '../auth/access.ts';
import { bodyBytes, streamBodies } from '../http/streamed-bodies.ts';
import { PartAddresses } from './part-address.ts';

/** Below the prefix of the API. */
export const partsPath = '/mlflow-artifacts/parts';

const Params = Type.Object({
  uploadId: Type.String({ maxLength: 64 }),
  part: Type.String({ pattern: '^\\d{1,5}$' }),
});
const Query = Type.Object({
  se: Type.String({ pattern: '^\\d{1,12}$' }),
  sig: Type.String({ maxLength: 64 }),
});

const schema = {
  tags: ['mlflow'],
  summary: 'Write a part of an upload, at an address that mpu/create has given',
  consumes: ['application/octet-stream'],
  params: Params,
  querystring: Query,
};

export function partRoutes(app: FastifyInstance, workspace: Workspace): void {
  const addresses = new PartAddresses(workspace);
  app.register(async (scope) => {
    streamBodies(scope);
    scope.put<{ Params: Static<typeof Params>; Querystring: Static<typeof Query> }>(
      `${partsPath}/:uploadId/:part`,
      // The address itself says who may use it.
      { ...anyone, schema },
      async (request, reply) => {
        const { uploadId } = request.params;
        const part = Number(request.params.part);
        await addresses.check({ uploadId, part, ...request.query });
        const { parts } = workspace.artifacts;
        const etag = await parts.writePart(uploadId, part, bodyBytes(request));
        return reply.header('etag', `"${etag}"`).send({});
      },
    );
  });
}
