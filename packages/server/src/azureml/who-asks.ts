// Who a request comes from, by the name that is kept with what they start.
import type { FastifyRequest } from 'fastify';

export function whoAsks({ principal }: FastifyRequest): string {
  return principal?.name ?? '';
}
