// What a build has to write down: its snapshot, and with it what the snapshot says has happened.
import type { Action, Orchestrator, Result } from '@ridgeline/azure-pipelines';
import type { Change } from '../store/build-store.ts';
import type { SnapshotSeal } from '../store/sealed-snapshot.ts';
import type { BuildSurroundings } from './build-surroundings.ts';
import { queuedJob } from './job-rows.ts';

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
    await store.commit([...changes, writeCounters, store.putSnapshot(build.build_id, json)]);
  }

  #noteEnd(result: Result): void {
    const { store, build } = this.#around;
    const end = { status: 'completed', result, ended_at: store.now() };
    this.add(store.updateBuild(build.build_id, end));
    this.add(store.event(build.build_id, 'ended', { result }));
  }
}
