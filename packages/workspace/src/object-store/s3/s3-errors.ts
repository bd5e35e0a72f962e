// S3's errors as ours.
import type { RidgelineError } from '../../errors.ts';
import { type StoreFailure, type StoreWords, storeError } from '../object-store-errors.ts';

const keys = 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
const region = 'set AWS_REGION to the region of the bucket';

const advice: ReadonlyMap<string, string> = new Map([
  ['NoSuchBucket', 'make the bucket, or name another one'],
  ['InvalidAccessKeyId', `set ${keys} to a key that this store knows`],
  ['SignatureDoesNotMatch', 'set AWS_SECRET_ACCESS_KEY to the secret of AWS_ACCESS_KEY_ID'],
  ['ExpiredToken', 'get a new AWS_SESSION_TOKEN'],
  ['RequestTimeTooSkewed', "set this machine's clock"],
  ['CredentialsProviderError', `set ${keys}, or give this machine a profile or a role`],
  ['PermanentRedirect', region],
  ['AuthorizationHeaderMalformed', region],
  ['Region is missing', region],
]);

export function s3Error(error: unknown, address: string): RidgelineError {
  const words: StoreWords = { address, advice, credentials: keys };
  return storeError(s3Failure(error), words);
}

export function isNotFound(error: unknown): boolean {
  const { code, status } = s3Failure(error);
  return status === 404 && code !== 'NoSuchBucket' && code !== 'NoSuchUpload';
}

export function s3Failure(error: unknown): StoreFailure {
  const { name, code, message, $metadata } = (error ?? {}) as {
    readonly name?: string;
    readonly code?: string;
    readonly message?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  if (message === 'Region is missing') return { code: message };
  return { code: code ?? name ?? 'Error', status: $metadata?.httpStatusCode };
}
