// Waits for a moment of the engine's clock.
import { setTimeout as delay } from 'node:timers/promises';

/** Resolves at that time, in milliseconds since 1970. Rejects once the signal is aborted. */
export async function waitUntil(
  timeMs: number,
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  // A timer may fire a little early, and the machine may have slept.
  for (let left = timeMs - now(); left > 0; left = timeMs - now()) {
    await delay(Math.min(left, 60_000), undefined, { signal });
  }
  signal.throwIfAborted();
}
