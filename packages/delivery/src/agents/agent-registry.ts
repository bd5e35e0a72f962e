// The agents that there are, and the pools that they have made known. They are held in memory too:
// one process has a workspace, and each request of an agent asks for its row.
import { randomUUID } from 'node:crypto';
import { didYouMean } from '@ridgeline/azure-pipelines';
import type { Updateable } from 'kysely';
import type { AgentTable } from '../database/agent-tables.ts';
import type { DeliveryDatabase } from '../database/delivery-database.ts';
import { DeliveryError } from '../errors.ts';
import { agentLimits, type NewAgent } from './agent.ts';
import { credentialHash, isAgentCredential, newCredential } from './agent-credential.ts';
import { checkNewAgent } from './check-agent.ts';
import { InTurn } from './in-turn.ts';

export type AgentRow = Readonly<AgentTable>;

export class AgentRegistry {
  readonly #database: DeliveryDatabase;
  readonly #now: () => number;
  readonly #rows = new Map<string, AgentRow>();
  /** The same rows by the digests of their credentials. */
  readonly #byHash = new Map<string, string>();
  readonly #pools = new Map<string, string>();
  readonly #inTurn = new InTurn();

  private constructor(database: DeliveryDatabase, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  static async open(database: DeliveryDatabase, now: () => number): Promise<AgentRegistry> {
    const registry = new AgentRegistry(database, now);
    const { reader } = database;
    for (const row of await reader.selectFrom('agents').selectAll().execute()) registry.#keep(row);
    for (const pool of await reader.selectFrom('agent_pools').selectAll().execute())
      registry.#pools.set(pool.pool_key, pool.name);
    return registry;
  }

  /** By name. */
  get all(): readonly AgentRow[] {
    return [...this.#rows.values()].sort((a, b) => (a.name_key < b.name_key ? -1 : 1));
  }

  ofPool(pool: string): readonly AgentRow[] {
    return this.all.filter((row) => row.pool_key === pool.toLowerCase());
  }

  /** As its first agent spelled it; undefined where it never had one. */
  poolName(pool: string): string | undefined {
    return this.#pools.get(pool.toLowerCase());
  }

  byId(id: string): AgentRow | undefined {
    return this.#rows.get(id);
  }

  /** @throws DeliveryError AGENT_NOT_FOUND */
  get(name: string): AgentRow {
    const key = name.toLowerCase();
    const found = this.all.find((row) => row.name_key === key);
    if (found !== undefined) return found;
    const names = this.all.map((row) => row.name);
    const message = `there is no agent '${name}'; list them with 'ridgeline agent list'`;
    throw new DeliveryError('AGENT_NOT_FOUND', `${message}${didYouMean(name, names)}`);
  }

  /** Whose credential it is. */
  authenticate(credential: string): AgentRow | undefined {
    if (!isAgentCredential(credential)) return undefined;
    // Digests are looked up, whose bytes nobody can choose: the time that it takes tells nothing.
    const id = this.#byHash.get(credentialHash(credential));
    return id === undefined ? undefined : this.#rows.get(id);
  }

  /** @throws DeliveryError AGENT_INVALID, AGENT_EXISTS, DELIVERY_LIMIT_REACHED */
  async create(agent: NewAgent, createdBy: string) {
    checkNewAgent(agent);
    return this.#inTurn.do(() => this.#create(agent, createdBy));
  }

  async update(id: string, change: Updateable<AgentTable>): Promise<void> {
    await this.#database.write((tables) =>
      tables.updateTable('agents').set(change).where('agent_id', '=', id).execute(),
    );
    const row = this.#rows.get(id);
    if (row !== undefined) this.#rows.set(id, { ...row, ...change });
  }

  /** Its pool stays known, unless that is forgotten with its last agent. */
  async delete(row: AgentRow, forgetPool: boolean): Promise<void> {
    const { agent_id: id, pool_key: pool } = row;
    const isLast = this.ofPool(pool).every((each) => each.agent_id === id);
    if (forgetPool && !isLast) throw stillHasAgents(this.#pools.get(pool) ?? pool);
    await this.#database.write(async (tables) => {
      await tables.deleteFrom('agents').where('agent_id', '=', id).execute();
      if (forgetPool) await tables.deleteFrom('agent_pools').where('pool_key', '=', pool).execute();
    });
    this.#rows.delete(id);
    this.#byHash.delete(row.credential_hash);
    if (forgetPool) this.#pools.delete(pool);
  }

  async #create({ name, pool, replace = false }: NewAgent, createdBy: string) {
    const before = this.all.find((row) => row.name_key === name.toLowerCase());
    if (before !== undefined && !replace) throw exists(name);
    if (before === undefined && this.#rows.size >= agentLimits.agents) throw tooMany();
    const credential = newCredential();
    const row: AgentRow = {
      agent_id: randomUUID(),
      name,
      name_key: name.toLowerCase(),
      pool_key: pool.toLowerCase(),
      credential_hash: credentialHash(credential),
      enabled: 1,
      created_by: createdBy,
      created_at: this.#now(),
      facts: null,
      seen_at: null,
    };
    await this.#insert(row, pool, before);
    return { row, credential, before };
  }

  async #insert(row: AgentRow, pool: string, before: AgentRow | undefined): Promise<void> {
    const place = { pool_key: row.pool_key, name: pool, created_at: row.created_at };
    await this.#database.write(async (tables) => {
      if (before !== undefined)
        await tables.deleteFrom('agents').where('agent_id', '=', before.agent_id).execute();
      await tables.insertInto('agents').values(row).execute();
      const insert = tables.insertInto('agent_pools').values(place);
      await insert.onConflict((conflict) => conflict.doNothing()).execute();
    });
    if (before !== undefined) {
      this.#rows.delete(before.agent_id);
      this.#byHash.delete(before.credential_hash);
    }
    this.#keep(row);
    if (!this.#pools.has(row.pool_key)) this.#pools.set(row.pool_key, pool);
  }

  #keep(row: AgentRow): void {
    this.#rows.set(row.agent_id, row);
    this.#byHash.set(row.credential_hash, row.agent_id);
  }
}

function exists(name: string): DeliveryError {
  const message = `there is an agent '${name}' already; take another name, or replace it, which makes its credential void`;
  return new DeliveryError('AGENT_EXISTS', message);
}

function tooMany(): DeliveryError {
  const message = `there are ${agentLimits.agents} agents already; delete one that is not used any more`;
  return new DeliveryError('DELIVERY_LIMIT_REACHED', message);
}

function stillHasAgents(pool: string): DeliveryError {
  const message = `the pool '${pool}' has other agents; it can be forgotten with its last one`;
  return new DeliveryError('AGENT_POOL_IN_USE', message);
}
