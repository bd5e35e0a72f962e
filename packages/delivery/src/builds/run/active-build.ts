// Takes one build to its end: asks the orchestrator what is next, writes that down, and then does it.
// Nothing is begun that is not on the disk, so that a server that starts again knows what had begun.
import type { Action, JobRun, Orchestrator, Result } from '@ridgeline/azure-pipelines';
import { passGate } from '../checks/stage-gate.ts';
import type { Change } from '../store/build-store.ts';
import type { SnapshotSeal } from '../store/sealed-snapshot.ts';
import type { BuildSurroundings } from './build-surroundings.ts';
import { recordDeployment } from './deployments.ts';
import { queuedJob } from './job-rows.ts';
import { askForStart } from './manual-start.ts';
import { addIssue } from './note-findings.ts';
import type { EndedJob } from './run-build-job.ts';
import { RunningJobs } from './running-jobs.ts';

export class ActiveBuild {
  readonly around: BuildSurroundings;
  readonly #orchestrator: Orchestrator;
  readonly #seal: SnapshotSeal;
  readonly #locks: Map<string, readonly string[]>;
  readonly #jobs: RunningJobs;
  readonly #work = new Set<Promise<void>>();
  /** By stage: what is asked of people and locks, until the stage needs no answer any more. */
  readonly #questions = new Map<string, AbortController>();
  readonly #ended = Promise.withResolvers<void>();
  #changes: Change[] = [];
  #pumping: Promise<void> | null = null;
  #wanted = false;
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
    this.#seal = seal;
    this.#locks = new Map(Object.entries(locks));
    const { build_id: buildId } = around.build;
    for (const [stage, names] of this.#locks)
      around.locks.hold(names, { buildId, stage, behavior: 'sequential' });
  }

  /** Rejects only for what is wrong with us or the disk. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  start(): void {
    this.#wanted = true;
    this.#go(this.#pump());
  }

  /** After a restart: first what had begun, as it is known by now. */
  goOn(outstanding: readonly Action[], lost: ReadonlySet<string>): void {
    const { store, build } = this.around;
    for (const action of outstanding) {
      if (action.kind !== 'startJob' || !lost.has(action.job.id)) {
        this.#take(action);
        continue;
      }
      this.#orchestrator.jobFinished(action.job.id, { result: 'failed', outputs: new Map() });
      const { id } = action.job;
      this.#changes.push(store.event(build.build_id, 'jobEnded', { job: id, result: 'failed' }));
    }
    this.start();
  }

  /** What is to run always still does; asked for a second time, nothing new does. */
  cancel(): void {
    const { store, build } = this.around;
    // It has ended just now, and only its end is still being written.
    if (this.#orchestrator.result !== undefined) return;
    const isAsked = this.#orchestrator.snapshot().canceling !== 'no';
    this.#orchestrator.cancel(isAsked ? 'forced' : 'asked');
    this.#changes.push(store.updateBuild(build.build_id, { status: 'cancelling' }));
    this.#changes.push(store.event(build.build_id, 'cancelRequested'));
    this.start();
  }

  /** What was asked of it until now is in the database then. */
  async written(): Promise<void> {
    await this.#pumping;
  }

  /** Ends what runs without a word on it: the next start tells of it. */
  async close(graceMs: number): Promise<void> {
    this.#stop();
    const settled = Promise.allSettled(this.#work);
    const grace = AbortSignal.timeout(graceMs);
    const kill = setInterval(() => {
      if (grace.aborted) this.#jobs.kill();
    }, 200);
    await settled;
    clearInterval(kill);
    this.#ended.resolve();
  }

  #stop(): void {
    this.#closed = true;
    for (const question of this.#questions.values()) question.abort();
    this.#jobs.stop();
  }

  /** One at a time; whoever comes meanwhile has it go round once more. */
  async #pump(): Promise<void> {
    this.#pumping ??= this.#pumpOn().finally(() => {
      this.#pumping = null;
    });
    await this.#pumping;
  }

  async #pumpOn(): Promise<void> {
    while (this.#wanted && !this.#closed) await this.#advance();
  }

  async #advance(): Promise<void> {
    this.#wanted = false;
    const actions = this.#orchestrator.next();
    for (const action of actions) this.#note(action);
    await this.#save();
    if (this.#closed) return;
    for (const action of actions) this.#take(action);
    if (actions.length > 0) this.#wanted = true;
  }

  async #save(): Promise<void> {
    const { store, build } = this.around;
    const snapshot = {
      state: this.#orchestrator.snapshot(),
      locks: Object.fromEntries(this.#locks),
    };
    const changes = this.#changes;
    this.#changes = [];
    const json = await this.#seal.seal(snapshot);
    await store.commit([
      ...changes,
      this.around.writeCounters,
      store.putSnapshot(build.build_id, json),
    ]);
  }

  /** What stands in the database as soon as the snapshot does. */
  #note(action: Action): void {
    const { store, build } = this.around;
    const id = build.build_id;
    if (action.kind === 'startJob') {
      this.#changes.push(store.putJob(queuedJob(id, action.job, store.now())));
      this.#changes.push(store.event(id, 'jobQueued', { job: action.job.id }));
    } else if (action.kind === 'stageFinished') {
      const { node, result } = action;
      this.#locks.delete(node.stage);
      this.#changes.push(store.event(id, 'stageEnded', { stage: node.stage, result }));
    } else if (action.kind === 'finished') this.#noteEnd(action.result);
  }

  #noteEnd(result: Result): void {
    const { store, build } = this.around;
    const end = { status: 'completed', result, ended_at: store.now() };
    this.#changes.push(store.updateBuild(build.build_id, end));
    this.#changes.push(store.event(build.build_id, 'ended', { result }));
  }

  #take(action: Action): void {
    if (action.kind === 'startJob') this.#go(this.#startJob(action.job));
    else if (action.kind === 'cancelJob') this.#jobs.cancel(action.id);
    else if (action.kind === 'checkStage') this.#go(this.#check(action));
    else if (action.kind === 'awaitStart') this.#go(this.#awaitStart(action));
    else if (action.kind === 'stageFinished') this.#release(action.node.stage);
    else if (action.kind === 'finished') this.#ended.resolve();
  }

  #release(stage: string): void {
    this.#questions.get(stage)?.abort();
    this.#questions.delete(stage);
    this.around.locks.release({ buildId: this.around.build.build_id, stage });
  }

  #questionOf(stage: string): AbortSignal {
    const question = new AbortController();
    this.#questions.set(stage, question);
    return question.signal;
  }

  async #check(action: Extract<Action, { readonly kind: 'checkStage' }>): Promise<void> {
    const { id } = action.stage;
    const gate = await passGate(action, this.around, this.#questionOf(id));
    if (this.#closed) return;
    if (gate.locks.length > 0) this.#locks.set(id, gate.locks);
    if (gate.reason !== '') this.#changes.push(addIssue(this.around.build.build_id, gate.reason));
    // The stage has ended in the meantime, and what it held is free again.
    if (gate.answer === 'aborted') return;
    // Where builds give way to a later one, the whole build is of no use any more.
    if (gate.answer === 'superseded') return this.cancel();
    this.#orchestrator.stageChecked(id, gate.answer);
    const { store, build } = this.around;
    if (gate.answer === 'approved')
      this.#changes.push(store.event(build.build_id, 'stageStarted', { stage: id }));
    this.start();
  }

  async #awaitStart({ stage }: Extract<Action, { readonly kind: 'awaitStart' }>): Promise<void> {
    const attempt = this.#attemptOf(stage.id);
    const signal = this.#questionOf(stage.id);
    const isStarted = await askForStart(stage, attempt, this.around, signal);
    if (this.#closed || isStarted === undefined) return;
    if (isStarted) this.#orchestrator.startStage(stage.id);
    else this.#orchestrator.skipStage(stage.id);
    this.start();
  }

  async #startJob(job: JobRun): Promise<void> {
    const ended = await this.#jobs.run(job);
    if (this.#closed) return;
    await this.#endJob(job, ended);
    this.start();
  }

  async #endJob(job: JobRun, { outcome, problem }: EndedJob): Promise<void> {
    const { store, build } = this.around;
    const { result } = outcome;
    await recordDeployment(job, this.around, result);
    this.#orchestrator.jobFinished(job.id, outcome);
    const end = { state: 'completed', result, problem, ended_at: store.now() };
    // With the snapshot that knows of it, in one commit.
    this.#changes.push(store.updateJob(build.build_id, job.id, end));
    this.#changes.push(store.event(build.build_id, 'jobEnded', { job: job.id, result }));
  }

  #attemptOf(stage: string): number {
    const { stages } = this.#orchestrator.snapshot();
    return stages.find(({ id }) => id === stage)?.attempt ?? 1;
  }

  /** Ours, or the disk's: nothing can be written down any more, so nothing goes on. */
  #go(work: Promise<void>): void {
    const watched = work.catch((error: unknown) => {
      if (this.#closed) return;
      this.#stop();
      this.#ended.reject(error);
    });
    this.#work.add(watched);
    watched.finally(() => this.#work.delete(watched));
  }
}
