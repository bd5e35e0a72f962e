// Which agents are there: the process of each that has come last, and its question for work, which
// waits here until there is some.
import { DeliveryError } from '../errors.ts';
import type { AgentFacts } from './agent.ts';
import type { AgentRow } from './agent-registry.ts';
import type { PollAnswer } from './poll-answer.ts';

/** An agent asks again at once, and after a failure within seconds. */
const absentMs = 15_000;

export interface Session {
  readonly agentId: string;
  /** Of the agent's process, as it has named itself. */
  readonly id: string;
  readonly facts: AgentFacts;
  seenAt: number;
  /** Whether it takes new jobs. */
  accepts: boolean;
  /** Answers the question that waits. */
  answer: ((answer: PollAnswer) => void) | null;
  hasLeft: boolean;
}

export class AgentSessions {
  readonly #now: () => number;
  readonly #sessions = new Map<string, Session>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws DeliveryError AGENT_ALREADY_ONLINE */
  open({ agent_id: agentId, name }: AgentRow, id: string, facts: AgentFacts): Session {
    const before = this.#sessions.get(agentId);
    if (before !== undefined && before.id !== id && before.answer !== null)
      throw alreadyOnline(name);
    before?.answer?.({});
    const session = {
      agentId,
      id,
      facts,
      seenAt: this.#now(),
      accepts: true,
      answer: null,
      hasLeft: false,
    };
    this.#sessions.set(agentId, session);
    return session;
  }

  /** That it is there is noted. @throws DeliveryError AGENT_SESSION_UNKNOWN */
  heard(agentId: string, id: string): Session {
    const session = this.#sessions.get(agentId);
    if (session?.id !== id) throw unknownSession();
    session.seenAt = this.#now();
    session.hasLeft = false;
    return session;
  }

  of(agentId: string): Session | undefined {
    return this.#sessions.get(agentId);
  }

  isOnline(agentId: string): boolean {
    const session = this.#sessions.get(agentId);
    if (session === undefined || session.hasLeft) return false;
    return session.answer !== null || this.#now() - session.seenAt < absentMs;
  }

  /** Those whose question waits, the longest first. */
  get asking(): readonly Session[] {
    const all = [...this.#sessions.values()].filter(({ answer }) => answer !== null);
    return all.sort((a, b) => a.seenAt - b.seenAt);
  }

  leave(agentId: string): void {
    const session = this.#sessions.get(agentId);
    session?.answer?.({});
    if (session !== undefined) session.hasLeft = true;
  }

  delete(agentId: string): void {
    this.leave(agentId);
    this.#sessions.delete(agentId);
  }

  /** Nobody waits any more. */
  close(): void {
    for (const { answer } of this.#sessions.values()) answer?.({ isClosing: true });
  }
}

function alreadyOnline(name: string): DeliveryError {
  const message = `the agent '${name}' is online from another process; end that one, or register this one under another name`;
  return new DeliveryError('AGENT_ALREADY_ONLINE', message);
}

function unknownSession(): DeliveryError {
  const message = 'the server does not know this session of the agent; open it anew';
  return new DeliveryError('AGENT_SESSION_UNKNOWN', message);
}
