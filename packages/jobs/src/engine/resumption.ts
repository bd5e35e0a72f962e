// When the jobs go on whose work a passing fault has broken off: after a pause, which grows while the
// fault lasts. Ends with the engine.
import { setTimeout as sleep } from 'node:timers/promises';
import { isPassingFault } from './passing-fault.ts';

const longestPauseMs = 60_000;

export interface ResumptionOptions {
  readonly firstPauseMs: number;
  /** Resolves when the job goes on, or needs not. */
  readonly resume: (jobId: string) => Promise<void>;
  readonly report: (jobId: string, error: unknown) => void;
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
  note(jobId: string, error: unknown): void {
    this.#options.report(jobId, error);
    if (!isPassingFault(error) || this.#ending.signal.aborted) return;
    const faults = this.#faults.get(jobId) ?? 0;
    this.#faults.set(jobId, faults + 1);
    const pauseMs = Math.min(this.#options.firstPauseMs * 2 ** faults, longestPauseMs);
    const waiting = this.#resumeAfter(jobId, pauseMs).finally(() => this.#waiting.delete(waiting));
    this.#waiting.add(waiting);
  }

  /** It has come to its end. */
  forget(jobId: string): void {
    this.#faults.delete(jobId);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#waiting);
  }

  async #resumeAfter(jobId: string, pauseMs: number): Promise<void> {
    const { signal } = this.#ending;
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      await this.#options.resume(jobId);
    } catch (error) {
      this.note(jobId, error);
    }
  }
}
