// One job on its way to its end: starts the steps whose time has come, stops those that must not go
// on, and closes the job when nothing is left to do.
import type { PipelineJob } from '@ridgeline/azureml-yaml';
import type { ChildSpec } from '../composite/child-spec.ts';
import { JobError } from '../errors.ts';
import type { StoredJob } from '../job/job-store.ts';
import type { StepOutcome } from '../step/step-outcome.ts';
import {
  type ActiveComposite,
  type ActiveStep,
  type AnyStep,
  firstFailure,
  stopStep,
} from './active-step.ts';
import { ChildMaker } from './child-maker.ts';
import { closeJob } from './close-job.ts';
import { type CompositeHost, runComposite } from './composite-run.ts';
import type { EngineContext } from './engine-context.ts';
import { executeStep, type StepSurroundings, takeOverStep } from './execute-step.ts';
import { giveUpJob } from './give-up-job.ts';
import { JobNotes } from './job-notes.ts';
import { outputFinder } from './output-finder.ts';
import { isRefusal } from './refusal.ts';
import { ensureRootRun } from './root-run.ts';
import { type NextActions, StepGraph } from './step-graph.ts';
import { StepMaker } from './step-maker.ts';
import { WorkUnderWay } from './work-under-way.ts';

export class ActiveJob {
  readonly id: string;
  readonly #context: EngineContext;
  readonly #stored: StoredJob;
  readonly #notes: JobNotes;
  readonly #continueOnStepFailure: boolean;
  readonly #graph = new StepGraph<AnyStep>();
  readonly #children: ChildMaker;
  readonly #surroundings: StepSurroundings;
  readonly #host: CompositeHost;
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
    this.#cancelRequested = job.cancel_requested === 1;
    this.#sparedRunId = job.cancel_spared_run_id;
    this.#phase = job.started_at === null ? 'waiting' : 'running';
    const maker = new StepMaker(stored, pipeline);
    this.#continueOnStepFailure = maker.continueOnStepFailure;
    this.#children = new ChildMaker(context, stored, pipeline, maker);
    this.#graph.add(this.#children.restore());
    const completedRuns = outputFinder(this.#graph.steps);
    this.#surroundings = { completedRuns, beforeAttempt: () => this.#noteStarted() };
    this.#host = this.#compositeHost(maker);
    this.#heldSlots = new Map(
      [...this.#graph.steps.values()].flatMap((step) =>
        step.kind === 'work' && step.status === 'Running'
          ? [[step, context.queue.occupy(step.stepOfJob.compute)] as const]
          : [],
      ),
    );
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
    for (const step of this.#graph.steps.values()) {
      stopStep(step, { cause: 'halted', spareMs: 0 });
    }
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
    for (const [step, release] of this.#heldSlots) {
      this.#work.add(
        this.#settle(step, takeOverStep(this.#context, step, release, this.#surroundings)),
      );
    }
    for (const step of this.#graph.steps.values()) {
      if (step.kind === 'composite' && step.status === 'Running') this.#begin(step);
    }
    await this.#advance();
  }

  async #advance(): Promise<void> {
    if (this.#phase === 'halted' || this.#phase === 'closing') return;
    const { start, skip, stop, finish } = this.#graph.next({
      cancelRequested: this.#cancelRequested,
      continueOnStepFailure: this.#continueOnStepFailure,
    });
    // All states change, and all notes are handed to the store, before anything is awaited: calls
    // of this method may overlap, and the store keeps the order.
    for (const step of stop) this.#cancelStep(step);
    for (const step of start) this.#begin(step);
    const skipped = skip.map((each) => this.#noteSkipped(each));
    if (finish !== null) this.#phase = 'closing';
    await Promise.all(skipped);
    if (finish !== null) await this.#close(finish);
  }

  #begin(step: AnyStep): void {
    this.#work.add(
      this.#settle(
        step,
        step.kind === 'work'
          ? executeStep(this.#context, step, this.#surroundings)
          : runComposite(this.#context, step, this.#host),
      ),
    );
  }

  /** What a step comes to; null where it was stopped without having begun, or halted. */
  async #settle(step: AnyStep, work: Promise<StepOutcome | null>): Promise<void> {
    const outcome = await work;
    if (outcome === null && this.#phase === 'halted') return;
    step.error = outcome?.error ?? null;
    this.#graph.settle(step, outcome?.status ?? 'Canceled');
    if (outcome === null) await this.#notes.skipped(step.name, []);
    this.#tellParent(step);
    await this.#advance();
  }

  #noteSkipped({ step, missing, notMet }: NextActions<AnyStep>['skip'][number]): Promise<void> {
    this.#tellParent(step);
    return notMet === null
      ? this.#notes.skipped(step.name, missing)
      : this.#notes.notChosen(step.name, notMet);
  }

  #tellParent({ parent }: AnyStep): void {
    const step = parent === null ? undefined : this.#graph.steps.get(parent);
    if (step?.kind === 'composite') step.news.tell();
  }

  #cancelStep(step: AnyStep): void {
    const isSpared = this.#sparedRunId !== null && step.attempt?.runId === this.#sparedRunId;
    const spareMs = isSpared ? this.#context.limits.selfCancelGraceMs : 0;
    stopStep(step, { cause: 'canceled', spareMs });
  }

  #compositeHost(maker: StepMaker): CompositeHost {
    return {
      jobId: this.id,
      experimentId: this.#stored.job.experiment_id,
      resolvedInputs: maker.resolvedInputs,
      continueOnStepFailure: this.#continueOnStepFailure,
      completedRuns: this.#surroundings.completedRuns,
      steps: this.#graph.steps,
      isHalted: () => this.#phase === 'halted',
      beforeStart: () => this.#noteStarted(),
      childrenOf: (step) => this.#graph.childrenOf(step.name),
      addChildren: (step, specs) => this.#addChildren(step, specs),
      stopChildren: (step) => this.#stopChildren(step),
    };
  }

  async #addChildren(parent: ActiveComposite, specs: readonly ChildSpec[]): Promise<void> {
    this.#graph.add(await this.#children.make(parent, specs));
    await this.#advance();
  }

  async #stopChildren(parent: ActiveComposite): Promise<void> {
    this.#graph.stopChildren(parent.name);
    for (const child of this.#graph.childrenOf(parent.name)) this.#cancelStep(child);
    await this.#advance();
  }

  async #noteStarted(): Promise<void> {
    if (this.#phase !== 'waiting') return;
    this.#phase = 'running';
    await this.#notes.started(this.#cancelRequested);
  }

  async #close(status: 'Completed' | 'Failed' | 'Canceled'): Promise<void> {
    const error = status === 'Failed' ? firstFailure(this.#graph.steps) : null;
    await closeJob(this.#context, this.id, status, error);
  }
}
