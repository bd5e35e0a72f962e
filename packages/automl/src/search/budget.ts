// The time of a search: what has passed, what is left for trials, and what is kept back for the choice
// of the ensemble and the making of the model. Owns no decision on what to try.
import type { Clock } from './search-types.ts';

/** Part of the budget that is kept back, and its bounds in milliseconds. */
const keptShare = 0.04;
const leastKeptMs = 250;
const mostKeptMs = 4_000;

export class Budget {
  readonly startedAt: number;
  readonly totalMs: number | null;
  readonly #clock: Clock;

  constructor(clock: Clock, seconds: number | null) {
    this.#clock = clock;
    this.startedAt = clock.now();
    this.totalMs = seconds === null ? null : seconds * 1000;
  }

  get elapsedMs(): number {
    return this.#clock.now() - this.startedAt;
  }

  /** Until the very end; infinite without a limit. */
  get remainingMs(): number {
    return this.totalMs === null ? Number.POSITIVE_INFINITY : this.totalMs - this.elapsedMs;
  }

  /** Until trials must have ended. */
  get trialMs(): number {
    if (this.totalMs === null) return Number.POSITIVE_INFINITY;
    const kept = Math.min(mostKeptMs, Math.max(leastKeptMs, this.totalMs * keptShare));
    return this.remainingMs - Math.min(kept, this.totalMs / 4);
  }

  /** Calls back when trials must have ended; gives what calls it off. */
  atTrialsEnd(callback: () => void): () => void {
    if (this.totalMs === null) return () => {};
    return this.#clock.after(Math.max(0, this.trialMs), callback);
  }
}
