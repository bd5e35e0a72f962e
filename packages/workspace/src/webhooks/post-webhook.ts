// One request to a webhook: signed as MLflow signs, within a time, following no redirect. The
// address that is checked is the one that is connected to.
import { createHmac } from 'node:crypto';
import { lookup as lookUp } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress, isPrivateHost } from './private-address.ts';

export interface WebhookMessage {
  readonly url: string;
  /** Undefined: not signed. */
  readonly secret: string | undefined;
  /** The same whenever it is sent again, so that a receiver can tell. */
  readonly deliveryId: string;
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface PostOptions {
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

export interface WebhookAnswer {
  readonly status: number;
  /** Its first 64 KiB. */
  readonly body: string;
  /** What the receiver asks to wait for, in milliseconds. */
  readonly retryAfterMs: number;
}

const maxAnswerBytes = 64 * 1024;

/** Rejects where there is no answer in time. */
export async function postWebhook(
  message: WebhookMessage,
  { timeoutMs, allowPrivate, signal }: PostOptions,
): Promise<WebhookAnswer> {
  const url = new URL(message.url);
  if (!allowPrivate && isPrivateHost(url.hostname)) throw privateAddress(url.hostname);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const { promise, resolve, reject } = Promise.withResolvers<WebhookAnswer>();
  const request = send(url, {
    method: 'POST',
    headers: headersOf(message),
    agent: false,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    ...(allowPrivate ? {} : { lookup: publicLookup }),
  });
  request.once('error', reject);
  request.once('response', (response) => readAnswer(response).then(resolve, reject));
  request.end(message.body);
  return promise;
}

/** `v1,` and the signature in base64, over the id, the time and the body with dots between them. */
export function webhookSignature(secret: string, id: string, time: string, body: string): string {
  const digest = createHmac('sha256', secret).update(`${id}.${time}.${body}`).digest('base64');
  return `v1,${digest}`;
}

function headersOf({ secret, deliveryId, body, now }: WebhookMessage): Record<string, string> {
  const time = String(Math.floor(now / 1_000));
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'ridgeline',
    'X-MLflow-Delivery-Id': deliveryId,
    'X-MLflow-Timestamp': time,
    ...(secret !== undefined && {
      'X-MLflow-Signature': webhookSignature(secret, deliveryId, time, body),
    }),
  };
}

async function readAnswer(response: IncomingMessage): Promise<WebhookAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxAnswerBytes) break;
  }
  response.destroy();
  const seconds = Number(response.headers['retry-after']);
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(chunks).subarray(0, maxAnswerBytes).toString(),
    retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0,
  };
}

// A name may resolve to another address at each look: what is connected to is what is seen here.
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '');
    const open = addresses.filter(({ address }) => !isPrivateAddress(address));
    const [first] = open;
    if (first === undefined) return callback(privateAddress(hostname), '');
    if (options.all === true) callback(null, open);
    else callback(null, first.address, first.family);
  });
};

function privateAddress(host: string): Error {
  return new Error(
    `${host} is a private address; start the server with --allow-private-webhooks to send there`,
  );
}
