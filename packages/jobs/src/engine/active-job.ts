// One job on its way to its end: starts the steps whose time has come, stops those that must not go
// on, and closes the job when nothing is left to do.
import type { PipelineJob } from '@ridgeline/azureml-yaml';
import { JobError } from '../errors.ts';
import type { StoredJob } from '../job/job-store.ts';
import type { StepOutcome } from '../step/step-outcome.ts';
import {
  type ActiveStep,
  type ActiveSteps,
  activeSteps,
  completedRuns,
  firstFailure,
  missingSteps,
  stopStep,
} from './active-step.ts';
import { newAttempt } from './attempt.ts';
import { closeJob } from './close-job.ts';
import type { EngineContext } from './engine-context.ts';
import { giveUpJob } from './give-up-job.ts';
import { JobNotes } from './job-notes.ts';
import { nextActions } from './next-actions.ts';
import { isRefusal } from './refusal.ts';
import { ensureRootRun } from './root-run.ts';
import { runAttempt, takeOverAttempt } from './run-attempt.ts';
import { WorkUnderWay } from './work-under-way.ts';

export class ActiveJob {
  readonly id: string;
  readonly #context: EngineContext;
  readonly #stored: StoredJob;
  readonly #notes: JobNotes;
  readonly #continueOnStepFailure: boolean;
  readonly #steps: ActiveSteps;
  /** The slots of the steps that may run already. */
  readonly #heldSlots: ReadonlyMap<ActiveStep, () => void>;
  readonly #work = new WorkUnderWay(() => this.halt());
  #phase: 'waiting' | 'running' | 'halted' | 'closing';
  #cancelRequested: boolean;
  #sparedRunId: string | null;

  /**
   * Takes the slots of steps that may still run, before any other step can.
   * @throws JobError JOB_DEFINITION_INVALID
   */
  constructor(context: EngineContext, stored: StoredJob, pipeline: PipelineJob) {
    const { job } = stored;
    this.id = job.job_id;
    this.#context = context;
    this.#stored = stored;
    this.#notes = new JobNotes(context, job.job_id);
    this.#continueOnStepFailure = pipeline.settings.continueOnStepFailure;
    this.#cancelRequested = job.cancel_requested === 1;
    this.#sparedRunId = job.cancel_spared_run_id;
    this.#phase = job.started_at === null ? 'waiting' : 'running';
    this.#steps = activeSteps(stored, pipeline);
    const running = [...this.#steps.values()].filter(({ status }) => status === 'Running');
    this.#heldSlots = new Map(running.map((step) => [step, context.slots.occupy()]));
  }

  /** Goes on from the stored states. Resolves when all that can start is about to. */
  async begin(): Promise<void> {
    await this.#work.add(this.#goOn());
  }

  /**
   * Resolves when the job has come to its end, or was halted.
   * @throws what broke its work off, which is a mistake of ours or of the machine, such as a full
   * disk. The job stays as it is on disk, and the next start of the server takes it up.
   */
  ended(): Promise<void> {
    return this.#work.ended();
  }

  /**
   * The first request counts.
   * @param sparedRunId the run of a step that asks for this itself and may come to its own end.
   * @throws JobError JOB_ALREADY_ENDED
   */
  async cancel(reason: string | null, sparedRunId: string | null): Promise<void> {
    if (this.#phase === 'closing') {
      throw new JobError('JOB_ALREADY_ENDED', `job ${this.id} has just ended`);
    }
    if (this.#cancelRequested) return;
    this.#cancelRequested = true;
    this.#sparedRunId = sparedRunId;
    await this.#context.store.noteCancel(this.id, reason, sparedRunId);
    await this.#work.add(this.#advance());
  }

  /** Stops what runs, so that a later server can start it anew; the job stays unfinished. */
  halt(): void {
    if (this.#phase === 'closing') return;
    this.#phase = 'halted';
    for (const step of this.#steps.values()) stopStep(step, { cause: 'halted', spareMs: 0 });
  }

  async #goOn(): Promise<void> {
    try {
      await ensureRootRun(this.#context, this.#stored.job);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#phase = 'closing';
      for (const release of this.#heldSlots.values()) release();
      return giveUpJob(this.#context, this.#stored, error);
    }
    for (const [step, release] of this.#heldSlots) this.#work.add(this.#takeOver(step, release));
    await this.#advance();
  }

  async #advance(): Promise<void> {
    if (this.#phase === 'halted' || this.#phase === 'closing') return;
    const { start, skip, stop, finish } = this.#nextActions();
    // All states change, and all notes are handed to the store, before anything is awaited: calls
    // of this method may overlap, and the store keeps the order.
    for (const step of start) step.status = 'Queued';
    for (const step of skip) step.status = 'Canceled';
    for (const step of stop) this.#cancelStep(step);
    for (const step of start) this.#work.add(this.#execute(step));
    const skipped = skip.map((step) =>
      this.#notes.skipped(step.name, missingSteps(this.#steps, step)),
    );
    if (finish !== null) this.#phase = 'closing';
    await Promise.all(skipped);
    if (finish !== null) await this.#close(finish);
  }

  #nextActions() {
    const actions = nextActions({
      cancelRequested: this.#cancelRequested,
      continueOnStepFailure: this.#continueOnStepFailure,
      steps: this.#steps,
    });
    const named = (names: readonly string[]) =>
      names.flatMap((name) => this.#steps.get(name) ?? []);
    const [start, skip, stop] = [named(actions.start), named(actions.skip), named(actions.stop)];
    return { start, skip, stop, finish: actions.finish };
  }

  async #execute(step: ActiveStep): Promise<void> {
    const { signal } = step.stopping;
    step.status = 'Queued';
    await this.#notes.queued(step.name);
    const release = await this.#context.slots.acquire(signal).catch(() => null);
    const outcome = release === null ? null : await this.#attempt(step).finally(release);
    if (outcome !== null) this.#settle(step, outcome);
    else if (this.#phase !== 'halted') await this.#settleUnstarted(step);
    await this.#advance();
  }

  async #attempt(step: ActiveStep): Promise<StepOutcome | null> {
    await this.#noteStarted();
    const { stepOfJob, stopping } = step;
    step.attempt = newAttempt(this.#context, stepOfJob, (step.attempt?.number ?? 0) + 1);
    step.status = 'Running';
    const runs = completedRuns(this.#steps);
    return runAttempt(this.#context, stepOfJob, step.attempt, runs, stopping.signal);
  }

  // An earlier server has started this step.
  async #takeOver(step: ActiveStep, release: () => void): Promise<void> {
    const { stepOfJob, attempt, stopping } = step;
    if (attempt === null) throw new Error(`step '${step.name}' runs without an attempt`);
    const { signal } = stopping;
    const work = takeOverAttempt(this.#context, stepOfJob, attempt, signal);
    const outcome = await work.finally(release);
    if (outcome === null) return this.#execute(step);
    this.#settle(step, outcome);
    await this.#advance();
  }

  #settle(step: ActiveStep, { status, error }: StepOutcome): void {
    step.status = status;
    step.error = error;
  }

  async #settleUnstarted(step: ActiveStep): Promise<void> {
    step.status = 'Canceled';
    await this.#notes.skipped(step.name, []);
  }

  #cancelStep(step: ActiveStep): void {
    const isSpared = this.#sparedRunId !== null && step.attempt?.runId === this.#sparedRunId;
    const spareMs = isSpared ? this.#context.limits.selfCancelGraceMs : 0;
    stopStep(step, { cause: 'canceled', spareMs });
  }

  async #noteStarted(): Promise<void> {
    if (this.#phase !== 'waiting') return;
    this.#phase = 'running';
    await this.#notes.started(this.#cancelRequested);
  }

  async #close(status: 'Completed' | 'Failed' | 'Canceled'): Promise<void> {
    const error = status === 'Failed' ? firstFailure(this.#steps) : null;
    await closeJob(this.#context, this.id, status, error);
  }
}
