// One request to a system outside, to see whether it takes what a connection signs in with. Bounded
// in time and size; it follows no redirect, as that could carry a secret elsewhere.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';

const timeoutMs = 10_000;
const maxBodyBytes = 1_000_000;

export interface ProbeRequest {
  readonly method?: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** In PEM: taken instead of the authorities that the machine knows. */
  readonly authority?: string;
  readonly acceptUntrusted?: boolean;
  /** Ends it before its time. */
  readonly signal?: AbortSignal | undefined;
}

export interface ProbeAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What went wrong with the way there; never with what was sent. */
export class Unreachable extends Error {}

/** @throws Unreachable */
export async function probe(request: ProbeRequest): Promise<ProbeAnswer> {
  const url = new URL(request.url);
  const { signal } = request;
  const time = AbortSignal.timeout(timeoutMs);
  const over = signal === undefined ? time : AbortSignal.any([time, signal]);
  try {
    return await send(url, request, over);
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    if (over.aborted) throw new Unreachable(`${url.host} did not answer in time`);
    // Its code alone: what a message quotes may be a secret.
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    throw new Unreachable(`${url.host} could not be reached (${reason})`);
  }
}

function send(url: URL, request: ProbeRequest, signal: AbortSignal): Promise<ProbeAnswer> {
  const { method = 'GET', headers = {}, body = '', authority, acceptUntrusted } = request;
  const options: RequestOptions = {
    method,
    headers: { accept: 'application/json', ...headers },
    signal,
    ...(authority !== undefined && { ca: authority }),
    ...(acceptUntrusted === true && { rejectUnauthorized: false }),
  };
  const start = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const sent = start(url, options, (message) => {
      const { statusCode: status = 0, headers } = message;
      readBody(message, url).then((text) => resolve({ status, headers, body: text }), reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function readBody(message: IncomingMessage, { host }: URL): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > maxBodyBytes)
      throw new Unreachable(`${host} answers with more than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
