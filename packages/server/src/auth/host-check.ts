// A server on loopback is asked for by the names of loopback. A web page that has its own name
// point at 127.0.0.1 (DNS rebinding) would send that name, and is refused.
import type { FastifyInstance } from 'fastify';
import { ServerError } from '../errors/server-error.ts';

const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** @param allowedNames host names, without port, besides those of loopback. */
export function checkHost(app: FastifyInstance, allowedNames: readonly string[]): void {
  const allowed = new Set([...loopbackNames, ...allowedNames]);
  app.addHook('onRequest', async ({ headers }) => {
    const name = hostName(headers.host ?? '');
    if (allowed.has(name)) return;
    throw new ServerError(
      'HOST_NOT_ALLOWED',
      `this server does not answer for the host '${name}'; start it with --allow-host ${name} if it should`,
    );
  });
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
