// Agents come, ask for work, and go. Their questions wait here until there is news for them.
import { DeliveryError } from '../errors.ts';
import type { AgentFacts } from './agent.ts';
import type { AgentJobs } from './agent-jobs.ts';
import type { AgentRegistry, AgentRow } from './agent-registry.ts';
import type { AgentSessions, Session } from './agent-sessions.ts';
import { checkFacts } from './check-agent.ts';
import type { Lease } from './lease.ts';
import type { Leases } from './leases.ts';
import type { Poll, PollAnswer } from './poll-answer.ts';

export interface AgentPollsParts {
  readonly registry: AgentRegistry;
  readonly sessions: AgentSessions;
  readonly leases: Leases;
  readonly jobs: AgentJobs;
  readonly leaseMs: number;
  readonly now: () => number;
}

export interface OpenedSession {
  readonly name: string;
  readonly pool: string;
  readonly leaseMs: number;
}

const seenEveryMs = 60_000;

export class AgentPolls {
  readonly #parts: AgentPollsParts;

  constructor(parts: AgentPollsParts) {
    this.#parts = parts;
  }

  /** A process of the agent comes: what an earlier one had is lost. */
  async open(agent: AgentRow, session: string, facts: AgentFacts): Promise<OpenedSession> {
    checkFacts(facts);
    // Whatever it calls itself.
    const capabilities = { ...facts.capabilities, 'Agent.Name': agent.name };
    const known = { ...facts, capabilities };
    const { registry, sessions, jobs, leaseMs, now } = this.#parts;
    const { agent_id: id, name, pool_key: pool } = agent;
    sessions.open(agent, session, known);
    jobs.ends.loseSession(id, session, `the agent '${name}' was started anew and has lost the job`);
    await registry.update(id, { facts: JSON.stringify(known), seen_at: now() });
    return { name, pool: registry.poolName(pool) ?? pool, leaseMs };
  }

  /**
   * The agent is here, has these leases, and asks what there is to do. It gets an answer when there
   * is something, and else after a third of a lease.
   */
  async poll(agent: AgentRow, poll: Poll, gone: AbortSignal): Promise<PollAnswer> {
    const { sessions, jobs, leaseMs } = this.#parts;
    if (jobs.isClosed) throw stopping();
    const session = sessions.heard(agent.agent_id, poll.session);
    session.accepts = poll.accepts ?? true;
    await this.#noteSeen(agent);
    session.answer?.({});
    const now = await this.#news(agent, poll);
    if (now !== undefined || gone.aborted) return now ?? {};
    const answered = await this.#wait(session, leaseMs / 3, gone, () => jobs.match());
    if (answered.isClosing === true) throw stopping();
    // Woken without a word: there is news of its jobs.
    return Object.keys(answered).length > 0 ? answered : ((await this.#news(agent, poll)) ?? {});
  }

  leave(agent: AgentRow, session: string): void {
    const { sessions, jobs } = this.#parts;
    sessions.heard(agent.agent_id, session);
    sessions.leave(agent.agent_id);
    jobs.ends.leave(agent);
  }

  /** Undefined: there is none. */
  async #news({ agent_id: id }: AgentRow, poll: Poll): Promise<PollAnswer | undefined> {
    const { leases } = this.#parts;
    const held = new Map(poll.holding.map((each) => [each.lease, each] as const));
    const own = leases.ofAgent(id).filter(({ row }) => row.session === poll.session);
    for (const lease of own) if (held.has(lease.id)) renew(lease);
    const lost = [...held.keys()].filter((lease) => leases.find(lease, id) === undefined);
    const cancel = own.filter(({ id: lease, isCanceling }) => {
      return isCanceling && held.has(lease) && held.get(lease)?.canceling !== true;
    });
    // Offered by an answer that was lost.
    const missed = poll.accepts === false ? undefined : own.find((each) => !held.has(each.id));
    if (lost.length + cancel.length === 0 && missed === undefined) return undefined;
    return {
      lost,
      cancel: cancel.map((lease) => lease.id),
      ...(missed !== undefined && { offer: await missed.offer() }),
    };
  }

  #wait(session: Session, ms: number, gone: AbortSignal, then: () => void): Promise<PollAnswer> {
    const { promise, resolve } = Promise.withResolvers<PollAnswer>();
    const answer = (news: PollAnswer) => {
      clearTimeout(timer);
      gone.removeEventListener('abort', leave);
      if (session.answer === answer) session.answer = null;
      session.seenAt = this.#parts.now();
      resolve(news);
    };
    const leave = () => answer({});
    const timer = setTimeout(leave, ms);
    gone.addEventListener('abort', leave, { once: true });
    session.answer = answer;
    then();
    return promise;
  }

  async #noteSeen({ agent_id: id, seen_at }: AgentRow): Promise<void> {
    const now = this.#parts.now();
    if (seen_at !== null && now - seen_at < seenEveryMs) return;
    await this.#parts.registry.update(id, { seen_at: now });
  }
}

function renew(lease: Lease): void {
  lease.isBegun = true;
  lease.renew();
}

function stopping(): DeliveryError {
  return new DeliveryError('BUILD_ENGINE_STOPPED', 'the server is shutting down');
}
