// Binds a server to its address, and says plainly why it cannot.

import { once } from 'node:events';
import type { Server } from 'node:http';
import { ScoringError } from '../errors.ts';

export interface Address {
  readonly url: string;
  readonly port: number;
}

export async function listen(server: Server, host: string, port: number): Promise<Address> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new ScoringError('SCORING_ADDRESS_NOT_AVAILABLE', explain(error, host, port), {
      cause: error,
    });
  }
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound };
}

const reasons = new Map([
  ['EADDRINUSE', 'is in use; stop what listens there or choose another port (0 picks a free one)'],
  ['EACCES', 'may not be used by this user; choose a port from 1024 on'],
  ['EADDRNOTAVAIL', 'is not an address of this machine; try host 127.0.0.1'],
  ['ENOTFOUND', 'names an unknown host; try host 127.0.0.1'],
]);

function explain(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return `port ${port} of ${host} ${reasons.get(code) ?? `cannot be listened on (${code})`}`;
}
