// What a cloud's client throws, as errors with a code. Of its own words only codes are passed on: the
// rest can hold addresses that are signed.
import { RidgelineError } from '../errors.ts';

export interface StoreFailure {
  /** The store's own code, or the system's, such as `NoSuchBucket`. */
  readonly code: string;
  /** Of HTTP, where there was an answer. */
  readonly status?: number | undefined;
}

export interface StoreWords {
  readonly address: string;
  /** What to do about codes of this cloud. */
  readonly advice: ReadonlyMap<string, string>;
  /** Where its credentials come from. */
  readonly credentials: string;
}

const busyStatuses = [408, 429];

/** The error for what went wrong, whole sentences and no secrets. */
export function storeError({ code, status }: StoreFailure, words: StoreWords): RidgelineError {
  const place = `artifact store ${words.address}`;
  const advice = words.advice.get(code);
  const shown = status === undefined ? code : `${code} (${status})`;
  if (advice === undefined && isPassing(status)) {
    return new RidgelineError(
      'ARTIFACT_STORE_UNREACHABLE',
      `${place} does not answer: ${shown}; once it does again, so does this server; ` +
        'check its address and the network',
    );
  }
  const next = advice ?? `check ${words.credentials}, and what they may do there`;
  return new RidgelineError('ARTIFACT_STORE_REFUSED', `${place} refused: ${shown}; ${next}`);
}

function isPassing(status: number | undefined): boolean {
  return status === undefined || status >= 500 || busyStatuses.includes(status);
}

export function uploadInvalid(problem: string): RidgelineError {
  const message = `the upload ${problem}; begin a new one, or send the file as one stream`;
  return new RidgelineError('ARTIFACT_UPLOAD_INVALID', message);
}

/** A connection that broke while an object came in. */
export function broken(address: string): RidgelineError {
  const message = `artifact store ${address} broke off while it sent a file; try again`;
  return new RidgelineError('ARTIFACT_STORE_UNREACHABLE', message);
}
