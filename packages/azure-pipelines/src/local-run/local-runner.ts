// Takes a run to its end: asks the orchestrator what is next, does it, and writes its snapshot down
// after every step of it, so that a killed run is known as far as it came.
import { passGate } from '../check/pass-gate.ts';
import type {
  Action,
  AwaitStart,
  CheckStage,
  JobFinished,
  Skip,
  StageFinished,
} from '../orchestrate/action.ts';
import type { JobRun } from '../orchestrate/job-run.ts';
import type { Orchestrator } from '../orchestrate/orchestrator.ts';
import type { Result } from '../orchestrate/result.ts';
import { asDiskError } from './disk-error.ts';
import { JobSlots } from './job-slots.ts';
import { localGate } from './local-gate.ts';
import type { LocalSurroundings } from './local-surroundings.ts';
import { runLocalJob } from './run-local-job.ts';
import { writeSnapshot } from './snapshot-file.ts';
import { startManualStage } from './start-manual-stage.ts';

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
      this.#around.locks.close();
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
    this.#ended.reject(asDiskError(error, this.#around.folder.path));
    this.#questions.abort();
    for (const job of this.#jobs.values()) job.abort();
  }

  #save(): void {
    const { folder, keyFile } = this.#around;
    writeSnapshot(folder.snapshot, this.#orchestrator.snapshot(), keyFile);
  }

  #take(action: Action): void {
    if (action.kind === 'startJob') this.#goOn(this.#startJob(action.job));
    else if (action.kind === 'cancelJob') this.#jobs.get(action.id)?.abort();
    else if (action.kind === 'checkStage') this.#goOn(this.#check(action));
    else if (action.kind === 'awaitStart') this.#goOn(this.#awaitStart(action));
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
    this.#around.locks.release(node.stage);
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

  async #check(action: CheckStage): Promise<void> {
    const { listener, journal, request, isDryRun } = this.#around;
    const { id } = action.stage;
    if (isDryRun) return void this.#orchestrator.stageChecked(id, 'approved');
    const around = { ...this.#around, ...request, note: listener.note.bind(listener) };
    const gate = localGate(action, around);
    const { answer, reason } = await passGate(action, gate, this.#questions.signal);
    if (reason !== '') {
      journal.mistake(id, reason);
      listener.note(reason);
    }
    if (answer === 'superseded') this.#cancel();
    // A stage that is to run always waits for its answer even then.
    const isVoid = answer === 'superseded' || answer === 'aborted';
    this.#orchestrator.stageChecked(id, isVoid ? 'rejected' : answer);
  }

  async #awaitStart({ stage }: AwaitStart): Promise<void> {
    const { ask, listener } = this.#around;
    if (await startManualStage(stage, ask, listener, this.#questions.signal))
      this.#orchestrator.startStage(stage.id);
    else this.#orchestrator.skipStage(stage.id);
  }

  /** What was waited for may have made other things possible. */
  #goOn(work: Promise<void>): void {
    work.then(
      () => this.#advance(),
      (error: unknown) => this.#fail(error),
    );
  }
}
