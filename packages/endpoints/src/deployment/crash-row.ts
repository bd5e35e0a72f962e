// How often a crashed instance is started again, and after which pause.

import type { EndpointLimits } from '../limits.ts';

type RestartLimits = Pick<
  EndpointLimits,
  'restartDelayMs' | 'maxRestartDelayMs' | 'maxRestarts' | 'stableAfterMs'
>;

/** Counts the crashes that came one after the other with no stable time between them. */
export class CrashRow {
  readonly #limits: RestartLimits;
  #count = 0;

  constructor(limits: RestartLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Pause in ms before the next start, or null when there have been too many crashes in a row.
   * `readyForMs`: how long the instance that crashed had been ready, 0 if it never was.
   */
  nextPauseMs(readyForMs: number): number | null {
    const { restartDelayMs, maxRestartDelayMs, maxRestarts, stableAfterMs } = this.#limits;
    if (readyForMs >= stableAfterMs) this.#count = 0;
    this.#count += 1;
    if (this.#count > maxRestarts) return null;
    return Math.min(restartDelayMs * 2 ** (this.#count - 1), maxRestartDelayMs);
  }
}
