// Whether a hook comes from someone who knows the pipeline's secret: by a signature over its bytes,
// or by the secret itself where the sender cannot sign.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { isSignedWebhook } from '@ridgeline/azure-pipelines';

export interface IncomingHook {
  /** The name of the pipeline. */
  readonly pipeline: string;
  /** Of a webhook of its resources; else it is about the repository. */
  readonly alias?: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** GitHub and Gitea sign, webhooks of resources do so by the older way too; others send the secret. */
export function isProven({ alias, headers, body }: IncomingHook, secret: string): boolean {
  const signature = headerOf(headers, 'x-hub-signature-256');
  if (signature !== undefined) return isSignedBy(signature, body, secret);
  const older = alias === undefined ? undefined : headerOf(headers, 'x-hub-signature');
  if (older !== undefined) return isSignedWebhook(body, secret, older);
  const given =
    passwordIn(headerOf(headers, 'authorization')) ?? headerOf(headers, 'x-gitlab-token');
  return given !== undefined && isSame(given, secret);
}

export function headerOf(headers: IncomingHook['headers'], name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function isSignedBy(signature: string, body: Uint8Array, secret: string): boolean {
  const digits = /^sha256=([0-9a-f]{64})$/i.exec(signature.trim())?.[1];
  if (digits === undefined) return false;
  const expected = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(Buffer.from(digits, 'hex'), expected);
}

/** Of `Basic`, whatever the name before it. */
function passwordIn(authorization: string | undefined): string | undefined {
  const encoded = /^basic +([\w+/=-]+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : text.slice(colon + 1);
}

/** Digests are of one length, so that the time says nothing. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
