// The agents of a workspace as its people see and keep them, with what belongs to them: the queue of
// their pools, and the side that they themselves talk to.
import type { DeliveryDatabase } from '../database/delivery-database.ts';
import type { Agent, AgentChanges, AgentFacts, NewAgent, RegisteredAgent } from './agent.ts';
import { AgentConnections } from './agent-connections.ts';
import { AgentJobs } from './agent-jobs.ts';
import { AgentPolls } from './agent-polls.ts';
import { AgentRegistry, type AgentRow } from './agent-registry.ts';
import { AgentSessions } from './agent-sessions.ts';
import { LeaseStore } from './lease-store.ts';
import { Leases } from './leases.ts';
import { RequestRate } from './request-rate.ts';

export interface AgentsOptions {
  readonly now: () => number;
  /** How long an agent that is not heard keeps its jobs; default 60,000. */
  readonly leaseMs?: number;
}

const defaultLeaseMs = 60_000;

export class Agents {
  readonly jobs: AgentJobs;
  readonly polls: AgentPolls;
  readonly connections: AgentConnections;
  readonly #registry: AgentRegistry;
  readonly #sessions: AgentSessions;
  readonly #leases: Leases;

  private constructor(
    registry: AgentRegistry,
    leaseStore: LeaseStore,
    leases: Leases,
    options: AgentsOptions,
  ) {
    const { now, leaseMs = defaultLeaseMs } = options;
    const sessions = new AgentSessions(now);
    this.#registry = registry;
    this.#sessions = sessions;
    this.#leases = leases;
    const parts = { registry, sessions, leases, leaseStore, leaseMs, now };
    this.jobs = new AgentJobs(parts);
    const { jobs } = this;
    this.polls = new AgentPolls({ ...parts, jobs });
    this.connections = new AgentConnections({ registry, leases, jobs, rate: new RequestRate(now) });
  }

  static async open(database: DeliveryDatabase, options: AgentsOptions): Promise<Agents> {
    const registry = await AgentRegistry.open(database, options.now);
    const store = new LeaseStore(database, options.now);
    return new Agents(registry, store, await Leases.open(store), options);
  }

  /** @throws DeliveryError AGENT_INVALID, AGENT_EXISTS, DELIVERY_LIMIT_REACHED */
  async create(agent: NewAgent, createdBy: string): Promise<RegisteredAgent> {
    const { row, credential, before } = await this.#registry.create(agent, createdBy);
    if (before !== undefined) this.#part(before, `the agent '${before.name}' was replaced`);
    return { ...this.#describe(row), credential };
  }

  /** By name. */
  list(): readonly Agent[] {
    return this.#registry.all.map((row) => this.#describe(row));
  }

  /** @throws DeliveryError AGENT_NOT_FOUND */
  get(name: string): Agent {
    return this.#describe(this.#registry.get(name));
  }

  /** One that is disabled ends what it runs, and takes nothing new. @throws DeliveryError AGENT_NOT_FOUND */
  async update(name: string, { enabled }: AgentChanges): Promise<Agent> {
    const { agent_id: id } = this.#registry.get(name);
    if (enabled !== undefined) await this.#registry.update(id, { enabled: enabled ? 1 : 0 });
    this.jobs.match();
    return this.get(name);
  }

  /**
   * What it runs has failed, and its credential is void. `forgetPool`: of the last agent of a pool;
   * jobs that name the pool run on the server's machine again.
   * @throws DeliveryError AGENT_NOT_FOUND, AGENT_POOL_IN_USE
   */
  async delete(name: string, forgetPool = false): Promise<void> {
    const row = this.#registry.get(name);
    await this.#registry.delete(row, forgetPool);
    this.#part(row, `the agent '${row.name}' was deleted while the job ran`);
    if (forgetPool) this.jobs.forgetPool(row.pool_key);
  }

  /** Of the files on their way, removes those that nobody waits for. To be called once, first. */
  async sweep(transfers: string): Promise<void> {
    await this.#leases.sweep(transfers);
  }

  /** Nobody waits any more; what agents have stays theirs. */
  close(): void {
    this.jobs.close();
    this.#sessions.close();
  }

  #part({ agent_id: id }: AgentRow, problem: string): void {
    this.#sessions.delete(id);
    this.jobs.ends.loseSession(id, undefined, problem);
  }

  #describe(row: AgentRow): Agent {
    const { agent_id: id, name, pool_key: pool, enabled, facts: json } = row;
    const facts = json === null ? null : (JSON.parse(json) as AgentFacts);
    const leases = this.#leases.ofAgent(id);
    const isFull = facts !== null && leases.length >= facts.slots;
    const present = isFull ? 'busy' : 'online';
    return {
      name,
      pool: this.#registry.poolName(pool) ?? pool,
      state: this.#sessions.isOnline(id) ? present : 'offline',
      enabled: enabled === 1,
      version: facts?.version ?? null,
      slots: facts?.slots ?? null,
      capabilities: facts?.capabilities ?? {},
      jobs: leases.map(({ row: lease }) => ({
        build: String(lease.build_id),
        job: lease.job_id,
        startedAt: new Date(lease.taken_at).toISOString(),
      })),
      createdBy: row.created_by,
      createdAt: new Date(row.created_at).toISOString(),
      lastSeenAt: row.seen_at === null ? null : new Date(row.seen_at).toISOString(),
    };
  }
}
