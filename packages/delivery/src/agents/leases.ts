// The leases that agents have now, and those that an earlier server has left for its successor.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { JobOutcome } from '@ridgeline/azure-pipelines';
import type { EndedJob } from '../builds/run/run-build-job.ts';
import { DeliveryError } from '../errors.ts';
import type { Lease } from './lease.ts';
import type { LeaseEnd, LeaseRow, LeaseStore } from './lease-store.ts';

export class Leases {
  readonly #store: LeaseStore;
  readonly #active = new Map<string, Lease>();
  readonly #left: Map<string, LeaseRow>;
  /** Whose job has ended, while that is written down. */
  readonly #ending = new Map<string, PromiseWithResolvers<void>>();

  private constructor(store: LeaseStore, left: readonly LeaseRow[]) {
    this.#store = store;
    this.#left = new Map(left.map((row) => [placeOf(row.build_id, row.job_id), row]));
  }

  static async open(store: LeaseStore): Promise<Leases> {
    return new Leases(store, await store.open());
  }

  add(lease: Lease): void {
    this.#active.set(lease.id, lease);
  }

  ofAgent(agentId: string): readonly Lease[] {
    return [...this.#active.values()].filter(({ row }) => row.agent_id === agentId);
  }

  /** An earlier server has given the job to an agent that may still have it. */
  isLeft(buildId: number, jobId: string): boolean {
    return this.#left.has(placeOf(buildId, jobId));
  }

  /** Removes what leases that are over have left in a folder of folders. */
  async sweep(folder: string): Promise<void> {
    const open = new Set([...this.#left.values()].map(({ lease_id: id }) => id));
    const names = await readdir(folder).catch(() => []);
    const old = names.filter((name) => !open.has(name) && !this.#active.has(name));
    for (const name of old) await rm(path.join(folder, name), { recursive: true, force: true });
  }

  takeLeft(buildId: number, jobId: string): LeaseRow | undefined {
    const place = placeOf(buildId, jobId);
    const row = this.#left.get(place);
    this.#left.delete(place);
    return row;
  }

  /** Undefined where it is another's, or over. */
  find(id: string, agentId: string): Lease | undefined {
    const lease = this.#active.get(id);
    return lease?.row.agent_id === agentId ? lease : undefined;
  }

  /** @throws DeliveryError AGENT_LEASE_LOST */
  get(id: string, agentId: string): Lease {
    const lease = this.find(id, agentId);
    if (lease !== undefined) return lease;
    throw new DeliveryError(
      'AGENT_LEASE_LOST',
      'the job was given up, or is not of this agent; nothing more of it is taken',
    );
  }

  /** From here on nothing of it is taken any more. False: it was over before. */
  async settle(
    lease: Lease,
    kind: LeaseEnd,
    outcome: JobOutcome,
    problem: string | null,
  ): Promise<boolean> {
    if (!this.#active.delete(lease.id)) return false;
    const written = Promise.withResolvers<void>();
    // Nobody may be listening yet when the server closes.
    written.promise.catch(() => undefined);
    this.#ending.set(lease.id, written);
    const { waiting } = lease;
    try {
      await waiting.around.journal.flush();
      await lease.close();
      waiting.settle(this.#endedJob(lease, kind, { outcome, problem }, written));
      await written.promise;
    } catch (error) {
      waiting.fail(error);
      throw error;
    } finally {
      this.#ending.delete(lease.id);
    }
    return true;
  }

  /** Resolves when the end of the job is on the disk. False: it has not ended so. */
  async hasEnded(id: string, agentId: string): Promise<boolean> {
    await this.#ending.get(id)?.promise;
    const row = await this.#store.find(id);
    return row?.agent_id === agentId && row.end_kind === 'ended';
  }

  delete(lease: Lease): boolean {
    return this.#active.delete(lease.id);
  }

  /** The next server finds them as they are. */
  close(): readonly Lease[] {
    const active = [...this.#active.values()];
    for (const lease of active) lease.stop();
    this.#active.clear();
    const stopped = new DeliveryError('BUILD_ENGINE_STOPPED', 'the server is shutting down');
    for (const { reject } of this.#ending.values()) reject(stopped);
    return active;
  }

  #endedJob(
    lease: Lease,
    kind: LeaseEnd,
    { outcome, problem }: EndedJob,
    written: PromiseWithResolvers<void>,
  ): EndedJob {
    const changes = [this.#store.end(lease.id, kind)];
    return { outcome, problem, changes, written: written.resolve };
  }
}

function placeOf(buildId: number, jobId: string): string {
  return `${buildId} ${jobId}`;
}
