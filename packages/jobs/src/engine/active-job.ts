// One job on its way to its end: starts the steps whose time has come, stops those that must not go
// on, and closes the job when nothing is left to do.
import type { PipelineJob } from '@ridgeline/azureml-yaml';
import { JobError } from '../errors.ts';
import { hasEnded } from '../job/job.ts';
import type { StoredJob } from '../job/job-store.ts';
import type { JobStepTable } from '../job/job-tables.ts';
import type { StepOutcome } from '../step/step-outcome.ts';
import { type ActiveStep, activeSteps, stopStep } from './active-step.ts';
import { closeJob } from './close-job.ts';
import type { EngineContext } from './engine-context.ts';
import { nextActions } from './next-actions.ts';
import {
  abandonAttempt,
  findAttempt,
  newAttempt,
  runAttempt,
  watchAttempt,
} from './step-attempt.ts';

export class ActiveJob {
  readonly id: string;
  readonly #context: EngineContext;
  readonly #continueOnStepFailure: boolean;
  readonly #steps: ReadonlyMap<string, ActiveStep>;
  readonly #stepsUnderWay = new Set<Promise<void>>();
  readonly #end = Promise.withResolvers<void>();
  #phase: 'waiting' | 'running' | 'halted' | 'closing';
  #cancelRequested: boolean;

  constructor(context: EngineContext, stored: StoredJob, pipeline: PipelineJob) {
    this.id = stored.job.job_id;
    this.#context = context;
    this.#continueOnStepFailure = pipeline.settings.continueOnStepFailure;
    this.#cancelRequested = stored.job.cancel_requested === 1;
    this.#phase = stored.job.started_at === null ? 'waiting' : 'running';
    this.#steps = activeSteps(stored, pipeline);
  }

  /** Goes on from the stored states. Resolves when the job has come to its end or was halted. */
  async run(): Promise<void> {
    for (const step of this.#steps.values()) {
      if (this.#cancelRequested) stopStep(step, { cause: 'canceled', spareMs: 0 });
      if (step.status === 'Running') this.#track(this.#takeOver(step));
    }
    await this.#advance();
    return this.#end.promise;
  }

  /**
   * @param sparedRunId the run of a step that asks for this itself and may come to its own end.
   * @throws JobError JOB_ALREADY_ENDED
   */
  async cancel(reason: string | null, sparedRunId: string | null): Promise<void> {
    if (this.#phase === 'closing')
      throw new JobError('JOB_ALREADY_ENDED', `job ${this.id} has ended`);
    this.#cancelRequested = true;
    await this.#context.store.updateJob(this.id, {
      status: 'CancelRequested',
      cancel_requested: 1,
      cancel_reason: reason,
    });
    for (const step of this.#steps.values()) {
      const spared = sparedRunId !== null && step.runId === sparedRunId;
      const spareMs = spared ? this.#context.limits.selfCancelGraceMs : 0;
      if (!hasEnded(step.status)) stopStep(step, { cause: 'canceled', spareMs });
    }
    await this.#advance();
  }

  /** Stops what runs, so that a later server can start those steps anew; the job stays unfinished. */
  async halt(): Promise<void> {
    if (this.#phase === 'closing') return this.#end.promise;
    this.#phase = 'halted';
    for (const step of this.#steps.values()) stopStep(step, { cause: 'halted', spareMs: 0 });
    await Promise.all(this.#stepsUnderWay);
    this.#end.resolve();
  }

  async #advance(): Promise<void> {
    if (this.#phase === 'halted' || this.#phase === 'closing') return;
    const actions = nextActions({
      cancelRequested: this.#cancelRequested,
      continueOnStepFailure: this.#continueOnStepFailure,
      steps: this.#steps,
    });
    const [start, skip, stop] = [actions.start, actions.skip, actions.stop].map((names) =>
      names.flatMap((name) => this.#steps.get(name) ?? []),
    ) as [ActiveStep[], ActiveStep[], ActiveStep[]];
    // All states change before anything is awaited, as calls of this method may overlap.
    for (const step of start) step.status = 'Queued';
    for (const step of skip) step.status = 'Canceled';
    if (actions.finish !== null) this.#phase = 'closing';

    for (const step of stop) stopStep(step, { cause: 'canceled', spareMs: 0 });
    for (const step of start) this.#track(this.#execute(step));
    for (const step of skip) await this.#noteSkipped(step);
    if (actions.finish !== null) await this.#close(actions.finish);
  }

  async #execute(step: ActiveStep): Promise<void> {
    await this.#note(step, { status: 'Queued' });
    const release = await this.#context.slots.acquire(step.stopping.signal).catch(() => null);
    if (release === null) return this.#settleUnstarted(step);
    try {
      await this.#noteStarted();
      const attempt = newAttempt(this.#context, step.attempt + 1);
      step.status = 'Running';
      step.attempt = attempt.number;
      step.runId = attempt.runId;
      const runs = this.#completedRuns();
      const { stepOfJob, stopping } = step;
      this.#settle(
        step,
        await runAttempt(this.#context, stepOfJob, attempt, runs, stopping.signal),
      );
    } finally {
      release();
    }
    await this.#advance();
  }

  // An earlier server has started this step. Its process may still run, may have ended since, or
  // may be gone without a word; then, and where it could not find this server, it starts anew.
  async #takeOver(step: ActiveStep): Promise<void> {
    const attempt = {
      number: step.attempt,
      runId: step.row.run_id ?? '',
      startedAtMs: step.row.started_at ?? this.#context.now(),
    };
    const { stepOfJob, stopping } = step;
    const process =
      step.row.tracking_url === this.#context.trackingUrl()
        ? await findAttempt(this.#context, stepOfJob, attempt)
        : null;
    if (process === null) {
      await abandonAttempt(this.#context, stepOfJob, attempt);
      return this.#startAnew(step);
    }
    const signal = stopping.signal;
    this.#settle(step, await watchAttempt(this.#context, stepOfJob, attempt, process, signal));
    await this.#advance();
  }

  async #startAnew(step: ActiveStep): Promise<void> {
    if (step.attempt < this.#context.limits.maxAttempts) return this.#execute(step);
    const message = `step '${step.name}' was lost ${step.attempt} times with its server; submit the job again`;
    const error = { code: 'STEP_LOST', message } as const;
    await this.#note(step, {
      status: 'Failed',
      error_code: error.code,
      error_message: error.message,
      ended_at: this.#context.now(),
    });
    this.#settle(step, { status: 'Failed', exitCode: null, error });
    await this.#advance();
  }

  #settle(step: ActiveStep, outcome: StepOutcome | null): void {
    if (outcome === null) return;
    step.status = outcome.status;
    step.error = outcome.error;
  }

  async #settleUnstarted(step: ActiveStep): Promise<void> {
    if (this.#phase === 'halted') return;
    step.status = 'Canceled';
    await this.#note(step, { status: 'Canceled', ended_at: this.#context.now() });
    await this.#advance();
  }

  async #noteSkipped(step: ActiveStep): Promise<void> {
    const isMissing = (name: string) => this.#steps.get(name)?.status !== 'Completed';
    const missing = step.dependsOn.filter(isMissing);
    const message = `step '${step.name}' did not run, as it needs '${missing.join("', '")}'`;
    const error = { error_code: 'DEPENDENCY_NOT_COMPLETED', error_message: message } as const;
    await this.#note(step, {
      status: 'Canceled',
      ended_at: this.#context.now(),
      ...(missing.length > 0 && error),
    });
  }

  async #noteStarted(): Promise<void> {
    if (this.#phase !== 'waiting') return;
    this.#phase = 'running';
    const { store, now } = this.#context;
    // A cancel that came meanwhile has written a later state.
    const status = this.#cancelRequested ? 'CancelRequested' : 'Running';
    await store.updateJob(this.id, { status, started_at: now() });
  }

  async #note(step: ActiveStep, change: Partial<JobStepTable>): Promise<void> {
    await this.#context.store.updateStep(this.id, step.name, change);
  }

  async #close(status: 'Completed' | 'Failed' | 'Canceled'): Promise<void> {
    const failed = [...this.#steps.values()].find((step) => step.status === 'Failed');
    await closeJob(this.#context, this.id, status, failed?.error ?? null);
    this.#end.resolve();
  }

  #completedRuns(): ReadonlyMap<string, string> {
    const completed = [...this.#steps.values()].filter(({ status }) => status === 'Completed');
    return new Map(completed.map(({ name, runId }) => [name, runId ?? '']));
  }

  // What fails in here is a mistake of ours or of the machine, such as a full disk, and not the
  // step's. The job stays as it is on disk, and the next start of the server takes it up.
  #track(work: Promise<void>): void {
    const tracked: Promise<void> = work
      .catch((error: unknown) => this.#end.reject(error))
      .finally(() => this.#stepsUnderWay.delete(tracked));
    this.#stepsUnderWay.add(tracked);
  }
}
