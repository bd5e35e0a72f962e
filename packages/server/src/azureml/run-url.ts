// Where a caller finds what an answer speaks of: at the address by which they have asked.
import type { FastifyRequest } from 'fastify';
import type { ServerContext } from '../server-context.ts';
import { pipelineAddresses } from './addresses.ts';

/** Such as `http://127.0.0.1:5757`. The host was checked before any route was reached. */
export function originOf(
  { protocol, host }: FastifyRequest,
  { publicUrl }: Pick<ServerContext, 'publicUrl'>,
): string {
  return publicUrl?.replace(/\/$/, '') ?? `${protocol}://${host}`;
}

export function runUrl(request: FastifyRequest, context: ServerContext, runId: string): string {
  const params = request.params as Readonly<Record<string, string>>;
  const values = new Map([
    ...Object.entries(params),
    ['workspace', context.workspaceName],
    ['runId', runId],
  ]);
  const path = pipelineAddresses.run.replace(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent((values.get(name) ?? '').toWellFormed()),
  );
  return `${originOf(request, context)}${path}`;
}
