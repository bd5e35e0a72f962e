// Lets web pages of other origins call the API, where their origins were named: a page that starts
// a published pipeline. Tokens come in a header that the page sets, so no cookie is ever allowed.
import type { FastifyInstance } from 'fastify';
import { ServerError } from '../errors/server-error.ts';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';
const maxAgeSeconds = 600;

/**
 * Must stand before the check of tokens: a browser asks first without one.
 * @param origins such as `https://app.example`, or `*` for all.
 * @throws ServerError INVALID_PARAMETER_VALUE
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  const allowed = new Set(origins.map(checkOrigin));
  if (allowed.size === 0) return;
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    reply.header('vary', 'Origin');
    if (origin === undefined || !(allowed.has('*') || allowed.has(origin))) return;
    reply.header('access-control-allow-origin', origin);
    reply.header('access-control-expose-headers', 'x-ridgeline-next-offset, www-authenticate');
    const asked = request.headers['access-control-request-method'];
    if (request.method !== 'OPTIONS' || asked === undefined) return;
    const headers = request.headers['access-control-request-headers'];
    return reply
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': headers ?? 'authorization, content-type',
        'access-control-max-age': String(maxAgeSeconds),
      })
      .code(204)
      .send();
  });
}

function checkOrigin(origin: string): string {
  if (origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin)) return origin;
  throw new ServerError(
    'INVALID_PARAMETER_VALUE',
    `'${origin}' is no origin of web pages; give scheme, host and port such as https://app.example`,
  );
}
