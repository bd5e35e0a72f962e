// What goes in and out of the gateway: HTTP messages with bodies as streams, free of any server.

import { Readable } from 'node:stream';
import type { EndpointError } from '../errors.ts';

export type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface GatewayRequest {
  readonly method: string;
  /** Path at the instance with its query, such as `/score` or `/swagger.json?version=3`. */
  readonly path: string;
  /** Names in lower case, as Node's HTTP server gives them. */
  readonly headers: HeaderValues;
  /** Read at most once, and never destroyed; null when there is no body. */
  readonly body: Readable | null;
  /**
   * Aborts when the caller has gone away before the answer's end. (Not Fastify's `request.signal`:
   * that one also aborts when the body has been read. The response's `close` event tells.)
   */
  readonly signal?: AbortSignal | undefined;
}

export interface GatewayAnswer {
  readonly status: number;
  /** Names in lower case, without hop-by-hop headers. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** Has to be read to its end or destroyed: until then the request counts as running. */
  readonly body: Readable;
}

/** The JSON answer for an error of the gateway's own. */
export function errorAnswer(error: EndpointError): GatewayAnswer {
  const { code, message } = error;
  const body = Buffer.from(JSON.stringify({ error: { code, message } }));
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(body.length),
  };
  if (error.status === 401) headers['www-authenticate'] = 'Bearer';
  if (error.status === 503) headers['retry-after'] = '1';
  return { status: error.status, headers, body: Readable.from([body], { objectMode: false }) };
}
