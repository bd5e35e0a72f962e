// One request and its answer: what a route gets, what it gives back, and how that is sent.

import type { IncomingMessage, ServerResponse } from 'node:http';
import packageJson from '../../package.json' with { type: 'json' };
import { declaredLength } from './read-body.ts';
import type { RequestIds } from './request-ids.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly ids: RequestIds;
  /** The query string without its question mark. */
  readonly query: string;
}

export interface Answer {
  readonly status: number;
  readonly contentType: 'application/json' | 'text/html; charset=utf-8';
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function jsonAnswer(status: number, body: string, headers?: Answer['headers']): Answer {
  return { status, contentType: 'application/json', body, ...(headers && { headers }) };
}

const serverVersion = `ridgeline/${packageJson.version}`;

/** `lastOnConnection`: tells the caller to use another connection for what follows. */
export function sendAnswer(exchange: Exchange, answer: Answer, lastOnConnection: boolean): void {
  const { request, response, ids } = exchange;
  if (response.destroyed) return;
  const leavesBody = !request.complete && hasLargeBody(request);
  response.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': Buffer.byteLength(answer.body),
    'x-request-id': ids.requestId,
    'x-ms-request-id': ids.legacyId,
    'x-ms-client-request-id': ids.clientId,
    'x-ms-server-version': serverVersion,
    ...answer.headers,
    ...((leavesBody || lastOnConnection) && { connection: 'close' }),
  });
  if (leavesBody) endWhileCallerSends(exchange, answer.body);
  else response.end(answer.body);
}

const smallBodyBytes = 65_536;

// Node throws away the rest of a small body and keeps the connection; a large one is not worth it.
function hasLargeBody(request: IncomingMessage): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || declaredLength(request) > smallBodyBytes
  );
}

const lingerMs = 1000;

// Closing at once would reset the connection under a caller that is still sending, and most
// clients then lose the answer. So the answer goes out whole, and for a short while what still
// comes in is thrown away; then the connection ends, sent or not.
function endWhileCallerSends({ request, response }: Exchange, body: string): void {
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once('close', end).once('end', end).resume();
}
