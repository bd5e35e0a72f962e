// Files between agents and the server, streamed both ways: artifacts, sources, attachments.
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { agentOnly } from '../auth/access.ts';
import { sendFile } from '../http/send-file.ts';
import { bodyBytes, streamBodies } from '../http/streamed-bodies.ts';
import type { ServerContext } from '../server-context.ts';
import { asAgent } from './agent-connection-routes.ts';

interface FileAddress {
  readonly Params: { readonly lease: string; readonly transfer: string; readonly '*': string };
  readonly Querystring: { readonly executable?: string };
}

const Mode = Type.Object({ executable: Type.Optional(Type.Enum(['true', 'false'])) });

const address = '/api/v1/agent/leases/:lease/transfers/:transfer/files/*';
const tags = ['agents'];
const write = {
  tags,
  summary: 'Send a file of a transfer; it is there whole or not at all',
  consumes: ['application/octet-stream'],
  querystring: Mode,
};
const read = { tags, summary: 'A file of a transfer that the server has prepared' };

export function agentFileRoutes(app: FastifyInstance, { delivery }: ServerContext): void {
  const { connections } = delivery.agents;
  app.register(async (scope) => {
    streamBodies(scope);

    scope.put<FileAddress>(address, { ...agentOnly, schema: write }, async (request, reply) => {
      const { agent, params, query } = request;
      const { lease, transfer, '*': path } = params;
      const file = { path, isExecutable: query.executable === 'true' };
      await connections.writeFile(asAgent(agent), lease, transfer, file, bodyBytes(request));
      return reply.code(204).send();
    });

    scope.get<FileAddress>(
      address,
      { ...agentOnly, schema: read },
      async ({ agent, params }, reply) => {
        const { lease, transfer, '*': path } = params;
        return sendFile(
          reply,
          path,
          await connections.readFile(asAgent(agent), lease, transfer, path),
        );
      },
    );
  });
}
