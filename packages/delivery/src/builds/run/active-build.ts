// Takes one build to its end: asks the orchestrator what is next, writes that down, and then does it.
// Nothing is begun that is not on the disk, so that a server that starts again knows what had begun.
import type {
  Action,
  AwaitStart,
  CheckStage,
  JobRun,
  Orchestrator,
} from '@ridgeline/azure-pipelines';
import type { SnapshotSeal } from '../store/sealed-snapshot.ts';
import { BuildRecord } from './build-record.ts';
import { BuildRounds } from './build-rounds.ts';
import type { BuildSurroundings } from './build-surroundings.ts';
import { recordDeployment } from './deployments.ts';
import type { EndedJob } from './run-build-job.ts';
import { RunningJobs } from './running-jobs.ts';
import { StageQuestions } from './stage-questions.ts';
import { WatchedWork } from './watched-work.ts';

export class ActiveBuild {
  readonly around: BuildSurroundings;
  readonly #orchestrator: Orchestrator;
  readonly #record: BuildRecord;
  readonly #questions: StageQuestions;
  readonly #rounds = new BuildRounds(() => this.#advance());
  readonly #jobs: RunningJobs;
  readonly #work = new WatchedWork((error) => this.#fail(error));
  readonly #ended = Promise.withResolvers<void>();
  #closed = false;

  constructor(
    around: BuildSurroundings,
    orchestrator: Orchestrator,
    seal: SnapshotSeal,
    locks: Readonly<Record<string, readonly string[]>> = {},
  ) {
    this.around = around;
    this.#orchestrator = orchestrator;
    this.#jobs = new RunningJobs(around);
    this.#record = new BuildRecord(around, seal);
    this.#questions = new StageQuestions(around, locks);
  }

  /** Rejects only for what is wrong with us or the disk. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  start(): void {
    this.#work.add(this.#rounds.want());
  }

  /** After a restart: first what had begun, as it is known by now. */
  goOn(outstanding: readonly Action[], lost: ReadonlySet<string>): void {
    const isCanceling = this.#orchestrator.snapshot().canceling !== 'no';
    for (const action of outstanding) {
      if (action.kind !== 'startJob' || !lost.has(action.job.id)) {
        this.#take(action);
        continue;
      }
      this.#work.add(this.#endJob(action.job, this.#jobs.goOn(action.job)));
      if (isCanceling) this.#jobs.cancel(action.job.id);
    }
    this.start();
  }

  /** What is to run always still does; asked for a second time, nothing new does. */
  cancel(): void {
    // It has ended just now, and only its end is still being written.
    if (this.#orchestrator.result !== undefined) return;
    const isAsked = this.#orchestrator.snapshot().canceling !== 'no';
    this.#orchestrator.cancel(isAsked ? 'forced' : 'asked');
    this.#record.noteCancel();
    this.start();
  }

  /** What was asked of it until now is in the database then. */
  async written(): Promise<void> {
    await this.#rounds.settled();
  }

  /** Ends what runs without a word on it: the next start tells of it. */
  async close(graceMs: number): Promise<void> {
    this.#stop();
    await this.#work.settled(graceMs, () => this.#jobs.kill());
    this.#ended.resolve();
  }

  #stop(): void {
    this.#closed = true;
    this.#rounds.close();
    this.#questions.stop();
    this.#jobs.stop();
  }

  async #advance(): Promise<void> {
    const actions = this.#orchestrator.next();
    for (const action of actions) this.#note(action);
    await this.#record.save(this.#orchestrator, this.#questions.locks);
    if (this.#closed) return;
    for (const action of actions) this.#take(action);
    if (actions.length > 0) this.start();
  }

  #note(action: Action): void {
    this.#record.note(action);
    if (action.kind === 'stageFinished') this.#questions.forget(action.node.stage);
  }

  #take(action: Action): void {
    if (action.kind === 'startJob')
      this.#work.add(this.#endJob(action.job, this.#jobs.run(action.job)));
    else if (action.kind === 'cancelJob') this.#jobs.cancel(action.id);
    else if (action.kind === 'checkStage') this.#work.add(this.#check(action));
    else if (action.kind === 'awaitStart') this.#work.add(this.#awaitStart(action));
    else if (action.kind === 'stageFinished') this.#questions.release(action.node.stage);
    else if (action.kind === 'finished') this.#ended.resolve();
  }

  async #check(action: CheckStage): Promise<void> {
    const { id } = action.stage;
    const gate = await this.#questions.check(action);
    if (this.#closed) return;
    this.#record.noteCheck(id, gate);
    // The stage has ended in the meantime, and what it held is free again.
    if (gate.answer === 'aborted') return;
    // Where builds give way to a later one, the whole build is of no use any more.
    if (gate.answer === 'superseded') return this.cancel();
    this.#orchestrator.stageChecked(id, gate.answer);
    this.start();
  }

  async #awaitStart(action: AwaitStart): Promise<void> {
    const { stage } = action;
    const isStarted = await this.#questions.awaitStart(action, this.#attemptOf(stage.id));
    if (this.#closed || isStarted === undefined) return;
    if (isStarted) this.#orchestrator.startStage(stage.id);
    else this.#orchestrator.skipStage(stage.id);
    this.start();
  }

  async #endJob(job: JobRun, running: Promise<EndedJob>): Promise<void> {
    const ended = await running;
    if (this.#closed) return;
    await this.#noteEnd(job, ended);
    this.start();
    await this.written();
    if (!this.#closed) ended.written?.();
  }

  async #noteEnd(job: JobRun, ended: EndedJob): Promise<void> {
    const { outcome } = ended;
    await recordDeployment(job, this.around, outcome.result);
    this.#orchestrator.jobFinished(job.id, outcome);
    // With the snapshot that knows of it, in one commit.
    this.#record.noteJobEnd(job.id, ended);
  }

  #attemptOf(stage: string): number {
    const { stages } = this.#orchestrator.snapshot();
    return stages.find(({ id }) => id === stage)?.attempt ?? 1;
  }

  /** Ours, or the disk's: nothing can be written down any more, so nothing goes on. */
  #fail(error: unknown): void {
    if (this.#closed) return;
    this.#stop();
    this.#ended.reject(error);
  }
}
