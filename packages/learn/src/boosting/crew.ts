// Runs a kernel over the shards of a fit: one after another here, or each in a thread of a team. Sums
// are of integers, so who runs what changes no bit of the result.

import type { TeamSession, ThreadTeam } from '../estimator/thread-team.ts';
import type { BoostingKernelName, BoostingKernels, KernelSite } from './boosting-kernels.ts';

/** Rows that make up for waking a thread some hundred times a tree. */
const leastRowsOfShard = 25_000;

export class Crew {
  /** Number of shards, 1 or more. */
  readonly size: number;
  readonly #kernels: BoostingKernels;
  readonly #open: (() => TeamSession) | null;
  // Opened by the first run, so that a fit that fails before it leaves no team waiting.
  #session: TeamSession | null = null;

  constructor(site: KernelSite, team: ThreadTeam | undefined, rowCount: number) {
    this.size = Math.max(1, Math.min(team?.size ?? 1, Math.floor(rowCount / leastRowsOfShard)));
    this.#kernels = site.kernels;
    const { module, memory } = site;
    const isShared = this.size > 1 && team !== undefined && module !== null;
    this.#open = isShared ? () => team.open(module, memory.memory) : null;
  }

  /** Runs the kernel once a shard; returns what each call returned. */
  run(
    kernel: BoostingKernelName,
    argumentsOf: (shard: number) => readonly number[],
  ): readonly number[] {
    if (this.size === 1) return [this.runOnce(kernel, argumentsOf(0))];
    const lists = Array.from({ length: this.size }, (_, shard) => argumentsOf(shard));
    if (this.#open === null) return lists.map((list) => this.runOnce(kernel, list));
    this.#session ??= this.#open();
    return this.#session.run(kernel, lists);
  }

  /** Runs the kernel in this thread alone. */
  runOnce(kernel: BoostingKernelName, list: readonly number[]): number {
    // Each kernel has parameters of its own; that `list` fits them is the caller's part.
    const call = this.#kernels[kernel] as (...list: readonly number[]) => number | undefined;
    return call(...list) ?? 0;
  }
  close(): void {
    this.#session?.close();
  }
}
