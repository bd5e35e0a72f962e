// Watches over a running step: ends it when its job is canceled and its condition does not hold any
// more, when its time is up, and when one of its own commands says so.

import type { PlannedStep } from './planned-step.ts';
import { evaluateStepCondition } from './step-condition.ts';
import type { StepScope } from './step-scope.ts';
import { startTimer } from './timer.ts';

export type StopCause = 'canceled' | 'timedOut' | 'completed';

export class StepWatch {
  readonly #scope: StepScope;
  readonly #planned: PlannedStep;
  readonly #stop = new AbortController();
  readonly #over = new AbortController();
  #cause: StopCause | undefined;

  /** `timeoutMs` 0: no limit but the job's. */
  constructor(scope: StepScope, planned: PlannedStep, timeoutMs: number) {
    this.#scope = scope;
    this.#planned = planned;
    const { cancellation } = scope.parts.job.settings;
    this.#when(cancellation.canceled, () => this.#jobCanceled());
    this.#when(cancellation.killed, () => this.#end('canceled'));
    this.#when(scope.completed, () => this.#end('completed'));
    if (timeoutMs > 0) startTimer(timeoutMs, this.#over.signal, () => this.#end('timedOut'));
  }

  /** Fires when the step has to end. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get cause(): StopCause | undefined {
    return this.#cause;
  }

  /** The step has ended. */
  end(): void {
    this.#over.abort();
  }

  /** What has happened before the step began is what its condition has been asked about. */
  #when(signal: AbortSignal, run: () => void): void {
    signal.addEventListener('abort', run, { once: true, signal: this.#over.signal });
  }

  #jobCanceled(): void {
    const { job } = this.#scope.parts;
    job.cancel();
    const { holds, mistake } = evaluateStepCondition(this.#planned.condition, job);
    if (mistake !== undefined) this.#scope.addIssue({ type: 'error', message: mistake });
    if (!holds) this.#end('canceled');
  }

  #end(cause: StopCause): void {
    if (this.#cause !== undefined) return;
    this.#cause = cause;
    // A task that waits for the end of its time tells it from a cancel by this.
    const timeout = new DOMException('The task has timed out.', 'TimeoutError');
    this.#stop.abort(...(cause === 'timedOut' ? [timeout] : []));
  }
}
