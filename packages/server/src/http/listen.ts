// Opens the server's address, and tells by what URL others on this machine reach it.
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ServerError, type ServerErrorCode } from '../errors/server-error.ts';

/**
 * @param port 0 takes any free one.
 * @returns such as `http://127.0.0.1:5757`.
 * @throws ServerError PORT_INVALID, PORT_IN_USE, PORT_NOT_PERMITTED, ADDRESS_NOT_AVAILABLE
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw startError(error, host, port) ?? error;
  }
  return urlOf(app.server.address() as AddressInfo);
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${hostOf(address, family)}:${port}`;
}

// To listen on all addresses is to listen on loopback, too; `0.0.0.0` itself is none to connect to.
function hostOf(address: string, family: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '[::1]';
  return family === 'IPv6' ? `[${address}]` : address;
}

function startError(error: unknown, host: string, port: number): ServerError | null {
  const problems: Readonly<Record<string, readonly [ServerErrorCode, string]>> = {
    EADDRINUSE: [
      'PORT_IN_USE',
      `port ${port} on ${host} is in use; stop what uses it, or choose another with --port`,
    ],
    EACCES: [
      'PORT_NOT_PERMITTED',
      `port ${port} may not be used by this user; choose one from 1024 on with --port`,
    ],
    ERR_SOCKET_BAD_PORT: [
      'PORT_INVALID',
      `port ${port} cannot be: a port is a whole number from 0 to 65535`,
    ],
    EADDRNOTAVAIL: ['ADDRESS_NOT_AVAILABLE', noSuchAddress(host)],
    ENOTFOUND: ['ADDRESS_NOT_AVAILABLE', noSuchAddress(host)],
    EAI_AGAIN: ['ADDRESS_NOT_AVAILABLE', noSuchAddress(host)],
    EAFNOSUPPORT: ['ADDRESS_NOT_AVAILABLE', noSuchAddress(host)],
  };
  const problem = problems[(error as NodeJS.ErrnoException).code ?? ''];
  if (problem === undefined) return null;
  const [code, message] = problem;
  return new ServerError(code, message, { cause: error });
}

function noSuchAddress(host: string): string {
  return `this machine has no address '${host}'; choose another with --host`;
}
