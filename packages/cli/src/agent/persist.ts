// Does what may fail for a while until it succeeds: an agent outlives a network that is away and a
// server that starts again.
import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from '@ridgeline/client';

const firstDelayMs = 100;
const longestDelayMs = 5_000;

/** Throws what is final, and the last failure once the signal fires. `onFailure` hears of each. */
export async function persist<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  onFailure: (error: unknown) => void = () => {},
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || signal.aborted) throw error;
      onFailure(error);
      const longest = Math.min(firstDelayMs * 2 ** tries, longestDelayMs);
      // Many agents that have lost one server must not all come back in the same moment.
      await delay(longest * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    }
  }
}

const passingCodes: ReadonlySet<string> = new Set([
  'CONNECTION_REFUSED',
  'CONNECTION_LOST',
  'SERVER_UNREACHABLE',
]);
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export function isPassing(error: unknown): boolean {
  if (error instanceof ApiError)
    return passingCodes.has(error.code) || passingStatuses.has(error.status);
  // A connection of which nothing was heard any more.
  return error instanceof Error && error.name === 'TimeoutError';
}
