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
export function storeError(failure: StoreFailure, words: StoreWords): RidgelineError {
  const { code, status } = failure;
  const shown = `${words.address}: ${status === undefined ? code : `${code} (${status})`}`;
  const advice = words.advice.get(code);
  if (isPassing(failure, advice !== undefined)) {
    const next = advice ?? 'check its address and the network, and try again';
    return new RidgelineError(
      'ARTIFACT_STORE_UNREACHABLE',
      `no answer from artifact store ${shown}; ${next}`,
    );
  }
  const next = advice ?? `check ${words.credentials}, and what they may do there`;
  return new RidgelineError(
    'ARTIFACT_STORE_REFUSED',
    `refused by artifact store ${shown}; ${next}`,
  );
}

/** Whether the same may be answered later. */
function isPassing({ code, status }: StoreFailure, isKnown: boolean): boolean {
  if (status !== undefined) return status >= 500 || busyStatuses.includes(status);
  // Of the system, such as ECONNREFUSED; else what is known to be wrong is wrong on this side.
  return /^E[A-Z]/.test(code) || !isKnown;
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
