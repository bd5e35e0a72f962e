// A web page may have its own name point at this machine (DNS rebinding): its scripts then reach
// the server, under that name. So only names that were allowed are answered for.
import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ServerError } from '../errors/server-error.ts';

/** @param allowedNames host names, without port, besides `localhost` and numeric addresses. */
export function checkHost(app: FastifyInstance, allowedNames: readonly string[]): void {
  const allowed = new Set(['localhost', ...allowedNames.map((name) => name.toLowerCase())]);
  app.addHook('onRequest', async ({ headers }) => {
    const name = hostName(headers.host ?? '');
    // A numeric address is nobody's to point elsewhere.
    if (allowed.has(name) || isIP(name) !== 0) return;
    throw new ServerError(
      'HOST_NOT_ALLOWED',
      `this server does not answer for the host '${name}'; start it with --allow-host ${name} if it should`,
    );
  });
}

/** `[::1]:5757` → `::1`, `Localhost.:80` → `localhost` */
function hostName(host: string): string {
  const [, bracketed, plain = ''] = /^(?:\[(.*)\]|([^:]*))(?::\d*)?$/.exec(host) ?? [];
  return (bracketed ?? plain.replace(/\.$/, '')).toLowerCase();
}
