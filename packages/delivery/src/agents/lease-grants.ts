// Gives a job to an agent: by a lease, which is on the disk before the agent has it.
import { randomUUID } from 'node:crypto';
import { recordDeployment } from '../builds/run/deployments.ts';
import type { AgentRegistry } from './agent-registry.ts';
import type { Session } from './agent-sessions.ts';
import type { WaitingJob } from './job-queue.ts';
import { Lease } from './lease.ts';
import { type LeaseEnds, track } from './lease-ends.ts';
import type { LeaseRow, LeaseStore } from './lease-store.ts';
import type { Leases } from './leases.ts';

export interface LeaseGrantsParts {
  readonly registry: AgentRegistry;
  readonly leases: Leases;
  readonly leaseStore: LeaseStore;
  readonly ends: LeaseEnds;
  /** How long an agent that is not heard keeps its jobs. */
  readonly leaseMs: number;
}

export class LeaseGrants {
  readonly #parts: LeaseGrantsParts;

  constructor(parts: LeaseGrantsParts) {
    this.#parts = parts;
  }

  /** To an agent whose question waits: that is its answer. */
  grant(waiting: WaitingJob, asking: Session): void {
    const { registry, leases } = this.#parts;
    const { agentId, id: session, answer } = asking;
    // What it asked is taken: it gets one job, and asks again.
    asking.answer = null;
    const row: LeaseRow = {
      lease_id: randomUUID(),
      agent_id: agentId,
      agent_name: registry.byId(agentId)?.name ?? '',
      session,
      build_id: waiting.around.build.build_id,
      job_id: waiting.job.id,
      taken_at: waiting.around.store.now(),
      ended_at: null,
      end_kind: null,
    };
    const lease = this.#lease(row, waiting);
    leases.add(lease);
    lease.ready = this.#begin(lease);
    const answered = lease.offer().then((offer) => answer?.({ offer }));
    track(waiting, answered);
    answered.catch(() => {
      leases.delete(lease);
      answer?.({});
    });
  }

  /** It is on the disk that the agent has the job before the agent has it. */
  async #begin({ row, waiting }: Lease): Promise<void> {
    const { job, around } = waiting;
    const { store, build } = around;
    const begun = { state: 'inProgress', started_at: row.taken_at };
    await store.commit(build.build_id, [
      this.#parts.leaseStore.begin(row),
      store.updateJob(build.build_id, job.id, begun),
      store.event(build.build_id, 'jobStarted', { job: job.id, agent: row.agent_name }),
    ]);
    await recordDeployment(job, around, null);
  }

  /** What an earlier server has granted; at once, as its agent may ask in the next moment. */
  takeUp(row: LeaseRow, waiting: WaitingJob): void {
    const lease = this.#lease(row, waiting);
    lease.isBegun = waiting.around.journal.recordsOf(waiting.job.id).length > 0;
    this.#parts.leases.add(lease);
  }

  #lease(row: LeaseRow, waiting: WaitingJob): Lease {
    const { leaseMs: ms } = this.#parts;
    const lost = `the agent '${row.agent_name}' lost contact while the job ran; run what has failed again`;
    return new Lease({
      row,
      waiting,
      ms,
      onExpired: (lease) => this.#parts.ends.giveUp(lease, lost),
    });
  }
}
