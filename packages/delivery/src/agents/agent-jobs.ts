// Brings jobs and agents together: a job waits for an agent of its pool, an agent for a job.
import type { JobRun } from '@ridgeline/azure-pipelines';
import type { BuildSurroundings } from '../builds/run/build-surroundings.ts';
import { canceledInQueue } from '../builds/run/job-rows.ts';
import type { EndedJob } from '../builds/run/run-build-job.ts';
import type { AgentRegistry } from './agent-registry.ts';
import type { AgentSessions, Session } from './agent-sessions.ts';
import { demandsOf, unmetDemand } from './demands.ts';
import { JobQueue, type WaitingJob } from './job-queue.ts';
import { LeaseEnds } from './lease-ends.ts';
import { LeaseGrants } from './lease-grants.ts';
import type { LeaseStore } from './lease-store.ts';
import type { Leases } from './leases.ts';
import { whyItWaits } from './why-it-waits.ts';

export interface AgentJobsParts {
  readonly registry: AgentRegistry;
  readonly sessions: AgentSessions;
  readonly leases: Leases;
  readonly leaseStore: LeaseStore;
  /** How long an agent that is not heard keeps its jobs. */
  readonly leaseMs: number;
}

export class AgentJobs {
  readonly #parts: AgentJobsParts;
  /** Of what agents lose or give back. */
  readonly ends: LeaseEnds;
  readonly #grants: LeaseGrants;
  readonly #queue = new JobQueue();
  #isClosed = false;

  constructor(parts: AgentJobsParts) {
    this.#parts = parts;
    const { leases, leaseStore } = parts;
    this.ends = new LeaseEnds({
      leases,
      leaseStore,
      onFree: () => this.match(),
      onHandedBack: (waiting) => {
        this.#queue.addFirst(waiting);
        this.match();
      },
    });
    this.#grants = new LeaseGrants({ ...parts, ends: this.ends });
  }

  /** Whether an earlier server has given the job to an agent that may still run it. */
  isLeased(buildId: number, jobId: string): boolean {
    return this.#parts.leases.isLeft(buildId, jobId);
  }

  /** Undefined: the job is for this machine, as no agent was ever of the pool that it names. */
  async run(
    job: JobRun,
    around: BuildSurroundings,
    signal: AbortSignal,
  ): Promise<EndedJob | undefined> {
    const left = this.#parts.leases.takeLeft(around.build.build_id, job.id);
    const pool = this.#poolOf(job);
    if (left === undefined && pool === undefined) return undefined;
    const {
      promise,
      resolve: settle,
      reject: fail,
    } = Promise.withResolvers<EndedJob | undefined>();
    const waiting = { job, around, pool: pool ?? '', signal, settle, fail };
    const onCancel = () => this.#cancel(waiting);
    signal.addEventListener('abort', onCancel, { once: true });
    try {
      if (left !== undefined) this.#grants.takeUp(left, waiting);
      else if (signal.aborted) return canceledInQueue;
      else this.#wait(waiting);
      return await promise;
    } finally {
      signal.removeEventListener('abort', onCancel);
    }
  }

  /** Why a job waits; undefined where it does not wait here. */
  reasonFor(buildId: number, jobId: string): string | undefined {
    const waiting = this.#queue.find(buildId, jobId);
    return waiting && whyItWaits(waiting, this.#parts);
  }

  /** Job → the agent that has it, or had it last. */
  async namesOf(buildId: number): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#parts.leaseStore.ofBuild(buildId);
    return new Map(rows.map((row) => [row.job_id, row.agent_name]));
  }

  /** Whoever fits and has room gets what has waited longest. */
  match(): void {
    if (this.#isClosed) return;
    for (const waiting of this.#queue.all) {
      const session = this.#parts.sessions.asking.find((each) => this.#fits(each, waiting));
      if (session === undefined) continue;
      this.#queue.remove(waiting);
      this.#grants.grant(waiting, session);
    }
  }

  /** Those that wait for a pool that is no more run on this machine. */
  forgetPool(pool: string): void {
    for (const waiting of this.#queue.ofPool(pool))
      if (this.#queue.remove(waiting)) waiting.settle(undefined);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The next server goes on with what agents have. */
  close(): void {
    this.#isClosed = true;
    const leases = this.#parts.leases.close();
    const left = [...this.#queue.all, ...leases.map(({ waiting }) => waiting)];
    // Their builds have closed too, and heed no answer.
    for (const { settle } of left) settle(canceledInQueue);
  }

  #poolOf({ pool }: JobRun): string | undefined {
    const name = pool.kind === 'agent' ? pool.name?.trim() : undefined;
    if (name === undefined || this.#parts.registry.poolName(name) === undefined) return undefined;
    return name.toLowerCase();
  }

  #wait(waiting: WaitingJob): void {
    this.#queue.add(waiting);
    this.match();
  }

  #fits({ agentId, facts, accepts }: Session, { pool, job }: WaitingJob): boolean {
    if (!accepts) return false;
    const { registry, leases } = this.#parts;
    const row = registry.byId(agentId);
    if (row === undefined || row.enabled === 0 || row.pool_key !== pool) return false;
    if (leases.ofAgent(agentId).length >= facts.slots) return false;
    return unmetDemand(demandsOf(job), facts.capabilities) === undefined;
  }

  #cancel(waiting: WaitingJob): void {
    if (this.#queue.remove(waiting)) {
      waiting.settle(canceledInQueue);
      return;
    }
    // The agent is told as soon as it asks: now, if its question waits.
    const { leases, sessions } = this.#parts;
    const holder = sessions.asking.find(({ agentId }) =>
      leases.ofAgent(agentId).some((lease) => lease.waiting === waiting),
    );
    holder?.answer?.({});
  }
}
