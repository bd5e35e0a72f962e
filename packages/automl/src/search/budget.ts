// The time of a search: what has passed, what is left for trials, and what is kept back for the choice
// of the ensemble and the making of the model. Owns no decision on what to try.
import type { AutoMLSettings, Preset } from '../settings/automl-settings.ts';
import type { Clock } from './search-types.ts';

type BudgetSettings = Pick<AutoMLSettings, 'timeBudgetSeconds' | 'preset'>;

/** Part of the budget that is kept back, for `fast` also for a last fit, and bounds in milliseconds. */
const keptShares = { best: 0.06, fast: 0.17 } as const;
const leastKeptMs = 500;
const mostKeptMs = { best: 4_000, fast: 60_000 } as const;
/** Milliseconds that a row of the test table is thought to take, and the part of the budget for all. */
const testRowMs = 0.01;
const mostTestShare = 0.1;
/** What a search may take beyond its budget: a second, or a part of it. */
const overrunMs = 1_000;
const overrunShare = 0.05;

export class Budget {
  readonly startedAt: number;
  readonly totalMs: number | null;
  readonly #clock: Clock;
  readonly #preset: Preset;
  readonly #testRows: number;

  /** @param testRows rows that the chosen model is evaluated on in the end. */
  constructor(
    clock: Clock,
    { timeBudgetSeconds: seconds, preset }: BudgetSettings,
    testRows: number,
  ) {
    this.#clock = clock;
    this.#preset = preset;
    this.#testRows = testRows;
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

  /** Until the evaluation on the test table must have ended, somewhat before what is the limit. */
  get testMs(): number {
    if (this.totalMs === null) return Number.POSITIVE_INFINITY;
    return this.remainingMs + 0.6 * Math.max(overrunMs, overrunShare * this.totalMs);
  }

  /** Until trials must have ended. */
  get trialMs(): number {
    if (this.totalMs === null) return Number.POSITIVE_INFINITY;
    const share = this.totalMs * keptShares[this.#preset];
    const kept = Math.min(mostKeptMs[this.#preset], Math.max(leastKeptMs, share));
    const test = Math.min(this.#testRows * testRowMs, mostTestShare * this.totalMs);
    return this.remainingMs - Math.min(kept, this.totalMs / 4) - test;
  }

  /** Of the time for trials, 0 to 1; 0 without a limit. */
  get usedShare(): number {
    if (this.totalMs === null) return 0;
    return Math.min(1, this.elapsedMs / (this.elapsedMs + Math.max(0, this.trialMs)));
  }

  /** Calls back when trials must have ended; gives what calls it off. */
  atTrialsEnd(callback: () => void): () => void {
    if (this.totalMs === null) return () => {};
    return this.#clock.after(Math.max(0, this.trialMs), callback);
  }
}
