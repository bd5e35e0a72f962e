// When work goes on that a passing fault has broken off: after a pause, which grows while the fault
// lasts. What the work is, and how it goes on, its engine knows.
import { setTimeout as sleep } from 'node:timers/promises';
import { isPassingFault } from './passing-fault.ts';

const longestPauseMs = 60_000;

/** @param faults how often it has been broken off before in a row. */
export function pauseAfter(faults: number, firstPauseMs: number): number {
  return Math.min(firstPauseMs * 2 ** faults, longestPauseMs);
}

export interface ResumptionOptions {
  readonly firstPauseMs: number;
  /** Resolves when it goes on, or needs not. */
  readonly resume: (id: string) => Promise<void>;
  readonly report: (id: string, error: unknown) => void;
}

export class Resumption {
  readonly #options: ResumptionOptions;
  readonly #ending = new AbortController();
  readonly #waiting = new Set<Promise<void>>();
  /** How often each has been broken off in a row. */
  readonly #faults = new Map<string, number>();

  constructor(options: ResumptionOptions) {
    this.#options = options;
  }

  /** @param error what has broken its work off; only of a passing fault something follows. */
  note(id: string, error: unknown): void {
    this.#options.report(id, error);
    if (!isPassingFault(error) || this.#ending.signal.aborted) return;
    const faults = this.#faults.get(id) ?? 0;
    this.#faults.set(id, faults + 1);
    const pauseMs = pauseAfter(faults, this.#options.firstPauseMs);
    const waiting = this.#resumeAfter(id, pauseMs).finally(() => this.#waiting.delete(waiting));
    this.#waiting.add(waiting);
  }

  /** It has come to its end. */
  forget(id: string): void {
    this.#faults.delete(id);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#waiting);
  }

  async #resumeAfter(id: string, pauseMs: number): Promise<void> {
    const { signal } = this.#ending;
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      await this.#options.resume(id);
    } catch (error) {
      this.note(id, error);
    }
  }
}
