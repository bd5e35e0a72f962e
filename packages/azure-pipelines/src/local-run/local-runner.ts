// Takes a run to its end: asks the orchestrator what is next, does it, and writes its snapshot down
// after every step of it, so that a killed run is known as far as it came.
import type { Action, JobFinished, Skip, StageFinished } from '../orchestrate/action.ts';
import type { JobRun } from '../orchestrate/job-run.ts';
import type { Orchestrator } from '../orchestrate/orchestrator.ts';
import type { Result } from '../orchestrate/result.ts';
import { checkStage, startManualStage } from './ask-for-stage.ts';
import { JobSlots } from './job-slots.ts';
import type { LocalSurroundings } from './local-surroundings.ts';
import { runLocalJob } from './run-local-job.ts';
import { writeWhole } from './write-whole.ts';

export class LocalRunner {
  readonly #orchestrator: Orchestrator;
  readonly #around: LocalSurroundings;
  readonly #slots: JobSlots;
  readonly #jobs = new Map<string, AbortController>();
  readonly #ended = Promise.withResolvers<Result>();
  readonly #questions = new AbortController();

  constructor(orchestrator: Orchestrator, around: LocalSurroundings) {
    this.#orchestrator = orchestrator;
    this.#around = around;
    this.#slots = new JobSlots(around.parallel);
  }

  /** `signal`: cancels the run, whose `always()` steps and jobs still run. */
  async run(signal: AbortSignal): Promise<Result> {
    const cancel = () => this.#cancel();
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    try {
      this.#advance();
      return await this.#ended.promise;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  #cancel(): void {
    this.#orchestrator.cancel();
    this.#questions.abort();
    this.#advance();
  }

  /** Until the orchestrator has nothing more to say for now. */
  #advance(): void {
    try {
      for (let actions = this.#orchestrator.next(); ; actions = this.#orchestrator.next()) {
        this.#save();
        if (actions.length === 0) return;
        for (const action of actions) this.#take(action);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Ours, or the disk's: nothing can be written down any more, so nothing goes on. */
  #fail(error: unknown): void {
    this.#ended.reject(error);
    this.#questions.abort();
    for (const job of this.#jobs.values()) job.abort();
  }

  #save(): void {
    writeWhole(this.#around.folder.snapshot, JSON.stringify(this.#orchestrator.snapshot()));
  }

  #take(action: Action): void {
    if (action.kind === 'startJob') this.#goOn(this.#startJob(action.job));
    else if (action.kind === 'cancelJob') this.#jobs.get(action.id)?.abort();
    else if (action.kind === 'checkStage' || action.kind === 'awaitStart')
      this.#goOn(this.#ask(action));
    else if (action.kind === 'skip') this.#tellSkip(action);
    else if (action.kind === 'finished') this.#finish(action.result);
    else this.#tellEnd(action);
  }

  #tellSkip({ node, result, trace }: Skip): void {
    const { journal, listener } = this.#around;
    const { stage, job } = node;
    journal.skipped({ stage, job: job ?? null, result, trace });
    listener.skipped({ stage, job }, result, trace);
  }

  #tellEnd(ended: JobFinished | StageFinished): void {
    const { journal, listener } = this.#around;
    const { node, result, mistake } = ended;
    if (mistake !== undefined) {
      const where = node.job === undefined ? node.stage : `${node.stage}.${node.job}`;
      journal.mistake(where, mistake);
      listener.note(`${where}: ${mistake}`);
    }
    if (ended.kind !== 'stageFinished') return;
    journal.stageEnded(node.stage, result);
    listener.stageEnded(node.stage, result);
  }

  #finish(result: Result): void {
    this.#around.journal.runEnded(result);
    this.#ended.resolve(result);
  }

  async #startJob(job: JobRun): Promise<void> {
    const cancel = new AbortController();
    this.#jobs.set(job.id, cancel);
    const outcome = await this.#slots.use(job.holdsAgent, () =>
      runLocalJob(job, this.#around, cancel.signal),
    );
    this.#jobs.delete(job.id);
    this.#orchestrator.jobFinished(job.id, outcome);
  }

  async #ask(action: Extract<Action, { readonly kind: 'checkStage' | 'awaitStart' }>) {
    const { signal } = this.#questions;
    const { ask, listener } = this.#around;
    const { id } = action.stage;
    if (action.kind === 'checkStage') {
      const decision = await checkStage(action, ask, listener, signal);
      this.#orchestrator.stageChecked(id, decision);
    } else if (await startManualStage(action.stage, ask, listener, signal))
      this.#orchestrator.startStage(id);
    else this.#orchestrator.skipStage(id);
  }

  /** What was waited for may have made other things possible. */
  #goOn(work: Promise<void>): void {
    work.then(
      () => this.#advance(),
      (error: unknown) => this.#fail(error),
    );
  }
}
