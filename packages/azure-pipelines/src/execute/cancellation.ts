// When a job has to end before its steps have: somebody asks, or its time is up. Steps that want to
// go on get time for that; then everything is killed.

import { startTimer } from './timer.ts';

export interface CancellationLimits {
  /** 0: none. */
  readonly timeoutMs: number;
  /** For steps that go on after a cancel. */
  readonly cancelTimeoutMs: number;
}

export class Cancellation {
  readonly #canceled = new AbortController();
  readonly #killed = new AbortController();
  readonly #over = new AbortController();
  readonly #limits: CancellationLimits;
  #timedOut = false;

  constructor(asked: AbortSignal, limits: CancellationLimits) {
    this.#limits = limits;
    const over = this.#over.signal;
    if (asked.aborted) this.#cancel();
    else asked.addEventListener('abort', () => this.#cancel(), { once: true, signal: over });
    if (limits.timeoutMs > 0) {
      startTimer(limits.timeoutMs, over, () => {
        this.#timedOut = !this.canceled.aborted;
        this.#cancel();
      });
    }
  }

  /** Steps whose condition does not hold any more end. */
  get canceled(): AbortSignal {
    return this.#canceled.signal;
  }

  /** Nothing runs any longer. */
  get killed(): AbortSignal {
    return this.#killed.signal;
  }

  /** Whether it was the job's time that was up. */
  get timedOut(): boolean {
    return this.#timedOut;
  }

  /** The job has ended. */
  end(): void {
    this.#over.abort();
  }

  #cancel(): void {
    if (this.#canceled.signal.aborted) return;
    this.#canceled.abort();
    const { cancelTimeoutMs } = this.#limits;
    startTimer(cancelTimeoutMs, this.#over.signal, () => this.#killed.abort());
  }
}
