// When a failed try is made again, and after how long: exponential backoff with jitter, so that
// many steps that lost the same server do not all come back in the same moment.

import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../errors.ts';

const firstDelayMs = 100;
const longestDelayMs = 5_000;
const awayStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/** Time and chance, so that a test can hold them. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 up to 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal ? { signal } : {});
  },
  random: () => Math.random(),
};

export interface RetryOptions {
  /** How long to go on, from the first try to the start of the last; 0 means one try. */
  readonly retryForMs: number;
  readonly clock: Clock;
  readonly mayRepeat: (error: unknown) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `attempt` until it succeeds, fails for good, or the time is over; throws its last error. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { retryForMs, clock, mayRepeat, signal }: RetryOptions,
): Promise<T> {
  const deadline = clock.now() + retryForMs;
  for (let tryIndex = 0; ; tryIndex++) {
    try {
      return await attempt();
    } catch (error) {
      const delayMs = backoffMs(tryIndex, clock.random());
      if (!mayRepeat(error) || clock.now() + delayMs > deadline) throw error;
      await clock.sleep(delayMs, signal);
    }
  }
}

/** Between half and the whole of 100 ms doubled at each try, at most 5 s. */
export function backoffMs(tryIndex: number, random: number): number {
  return Math.min(firstDelayMs * 2 ** tryIndex, longestDelayMs) * (0.5 + random / 2);
}

/**
 * Whether trying again may help and does no harm. A refused connection never carried the request,
 * so any call may be repeated; after a lost connection or a 502, 503 or 504 the server may have
 * done the work already, so only a call whose repeat does nothing more may.
 */
export function isWorthRepeating(error: unknown, repeatable: boolean): boolean {
  if (!(error instanceof ApiError)) return false;
  if (error.code === 'CONNECTION_REFUSED') return true;
  return repeatable && (error.code === 'CONNECTION_LOST' || isAwayAnswer(error));
}

function isAwayAnswer(error: ApiError): boolean {
  return awayStatuses.has(error.status) && !ownCodes.has(error.code);
}

/** Codes of the client's own that share a status with a server that is away, but are final. */
const ownCodes: ReadonlySet<string> = new Set([
  'ANSWER_NOT_UNDERSTOOD',
  'SERVER_UNREACHABLE',
  'WAIT_TIMEOUT',
]);
