// What a job writes down of itself and of its steps on the way. The store keeps the order of calls.
import type { JobStepTable } from '../job/job-tables.ts';
import type { EngineContext } from './engine-context.ts';

export class JobNotes {
  readonly #context: EngineContext;
  readonly #jobId: string;

  constructor(context: EngineContext, jobId: string) {
    this.#context = context;
    this.#jobId = jobId;
  }

  /** A cancel that came before the first step has written a later state, which stays. */
  async started(cancelRequested: boolean): Promise<void> {
    const { store, now } = this.#context;
    const status = cancelRequested ? 'CancelRequested' : 'Running';
    await store.updateJob(this.#jobId, { status, started_at: now() });
  }

  /** @param missing the steps that it needs and that have not completed; none where it was stopped. */
  async skipped(stepName: string, missing: readonly string[]): Promise<void> {
    const message = `step '${stepName}' did not run, as it needs '${missing.join("', '")}'`;
    const error = { error_code: 'DEPENDENCY_NOT_COMPLETED', error_message: message } as const;
    await this.#note(stepName, {
      status: 'Canceled',
      ended_at: this.#context.now(),
      ...(missing.length > 0 && error),
    });
  }

  /** A step of a branch that is not the one to run. */
  async notChosen(stepName: string, condition: string): Promise<void> {
    const decision = `did not run, as the condition '${condition}' chose the other branch`;
    await this.#note(stepName, { status: 'Canceled', ended_at: this.#context.now(), decision });
  }

  async #note(stepName: string, change: Partial<JobStepTable>): Promise<void> {
    await this.#context.store.updateStep(this.#jobId, stepName, change);
  }
}
