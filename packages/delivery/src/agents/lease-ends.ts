// How a lease ends that its agent does not end itself. A job that may have begun has failed, and one
// that has not goes to another agent.
import type { JobOutcome } from '@ridgeline/azure-pipelines';
import { canceledInQueue } from '../builds/run/job-rows.ts';
import type { AgentRow } from './agent-registry.ts';
import type { WaitingJob } from './job-queue.ts';
import type { Lease } from './lease.ts';
import type { LeaseStore } from './lease-store.ts';
import type { Leases } from './leases.ts';

export interface LeaseEndsParts {
  readonly leases: Leases;
  readonly leaseStore: LeaseStore;
  /** An agent has room again. */
  readonly onFree: () => void;
  /** The job waits again, before all others. */
  readonly onHandedBack: (waiting: WaitingJob) => void;
}

const failed: JobOutcome = { result: 'failed', outputs: new Map() };

export class LeaseEnds {
  readonly #parts: LeaseEndsParts;

  constructor(parts: LeaseEndsParts) {
    this.#parts = parts;
  }

  /** Of a process that is gone: what it may have begun has failed. */
  loseSession(agentId: string, session: string | undefined, problem: string): void {
    for (const lease of this.#parts.leases.ofAgent(agentId))
      if (lease.row.session !== session) this.giveUp(lease, problem);
  }

  /** An agent leaves: what it has not begun goes to another. */
  leave({ agent_id: id, name }: AgentRow): void {
    for (const lease of this.#parts.leases.ofAgent(id)) {
      if (lease.isBegun) this.giveUp(lease, `the agent '${name}' was stopped while the job ran`);
      else track(lease.waiting, this.#handBack(lease));
    }
  }

  giveUp(lease: Lease, problem: string): void {
    const given = this.#parts.leases.settle(lease, 'givenUp', failed, problem);
    track(lease.waiting, given);
    this.#parts.onFree();
  }

  async #handBack(lease: Lease): Promise<void> {
    const { waiting, id } = lease;
    if (!this.#parts.leases.delete(lease)) return;
    const { store, build } = waiting.around;
    await lease.close();
    const queued = { state: 'queued', started_at: null };
    await store.commit(build.build_id, [
      this.#parts.leaseStore.end(id, 'handedBack'),
      store.updateJob(build.build_id, waiting.job.id, queued),
    ]);
    if (waiting.signal.aborted) return waiting.settle(canceledInQueue);
    this.#parts.onHandedBack(waiting);
  }
}

/** What goes wrong with the disk is the build's. */
export function track(waiting: WaitingJob, work: Promise<unknown>): void {
  work.catch((error: unknown) => waiting.fail(error));
}
