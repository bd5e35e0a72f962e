// What a build has to write down: its snapshot, and with it what the snapshot says has happened.
import type { Action, GateAnswer, Orchestrator, Result } from '@ridgeline/azure-pipelines';
import type { Change } from '../store/build-store.ts';
import type { SnapshotSeal } from '../store/sealed-snapshot.ts';
import type { BuildSurroundings } from './build-surroundings.ts';
import { queuedJob } from './job-rows.ts';
import { addIssue } from './note-findings.ts';
import type { EndedJob } from './run-build-job.ts';

export class BuildRecord {
  readonly #around: BuildSurroundings;
  readonly #seal: SnapshotSeal;
  #changes: Change[] = [];

  constructor(around: BuildSurroundings, seal: SnapshotSeal) {
    this.#around = around;
    this.#seal = seal;
  }

  /** Written with the next snapshot. */
  add(...changes: readonly Change[]): void {
    this.#changes.push(...changes);
  }

  /** What stands in the database as soon as the snapshot does. */
  note(action: Action): void {
    const { store, build } = this.#around;
    const id = build.build_id;
    if (action.kind === 'startJob') {
      this.add(store.putJob(queuedJob(id, action.job, store.now())));
      this.add(store.event(id, 'jobQueued', { job: action.job.id }));
    } else if (action.kind === 'stageFinished') {
      const { node, result } = action;
      this.add(store.event(id, 'stageEnded', { stage: node.stage, result }));
    } else if (action.kind === 'finished') this.#noteEnd(action.result);
  }

  noteCancel(): void {
    const { store, build } = this.#around;
    this.add(store.updateBuild(build.build_id, { status: 'cancelling' }));
    this.add(store.event(build.build_id, 'cancelRequested'));
  }

  noteCheck(stage: string, { answer, reason }: GateAnswer): void {
    const { store, build } = this.#around;
    if (reason !== '') this.add(addIssue(build.build_id, reason));
    if (answer === 'approved') this.add(store.event(build.build_id, 'stageStarted', { stage }));
  }

  noteJobEnd(job: string, { outcome: { result }, problem, changes = [] }: EndedJob): void {
    const { store, build } = this.#around;
    const end = { state: 'completed', result, problem, ended_at: store.now() };
    this.add(store.updateJob(build.build_id, job, end), ...changes);
    this.add(store.event(build.build_id, 'jobEnded', { job, result }));
  }

  /** All of it in one commit. `locks`: stage → those that it holds. */
  async save(
    orchestrator: Orchestrator,
    locks: Readonly<Record<string, readonly string[]>>,
  ): Promise<void> {
    const { store, build, writeCounters } = this.#around;
    const snapshot = { state: orchestrator.snapshot(), locks };
    const changes = this.#changes;
    this.#changes = [];
    const json = await this.#seal.seal(snapshot);
    await store.commit(build.build_id, [
      ...changes,
      writeCounters,
      store.putSnapshot(build.build_id, json),
    ]);
  }

  #noteEnd(result: Result): void {
    const { store, build } = this.#around;
    const end = { status: 'completed', result, ended_at: store.now() };
    this.add(store.updateBuild(build.build_id, end));
    this.add(store.event(build.build_id, 'ended', { result }));
  }
}
