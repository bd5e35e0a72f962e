// An agent's life: it comes, asks for work, runs it, and goes. It alone calls; nothing calls it.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type AgentConnection,
  type AgentFacts,
  type AgentJobOffer,
  type AgentPollAnswer,
  hasCode,
  type OpenedAgentSession,
} from '@ridgeline/client';
import type { AgentFolder } from './agent-folder.ts';
import { AgentJob } from './agent-job.ts';
import type { AgentListener } from './agent-listener.ts';
import { isPassing, persist } from './persist.ts';

export interface RunAgentOptions {
  readonly server: AgentConnection;
  readonly folder: AgentFolder;
  readonly facts: AgentFacts;
  readonly listener: AgentListener;
  /** The server knows it: before anything else is done. */
  readonly onOpened: (agent: OpenedAgentSession) => Promise<void>;
  /** Fires once: its jobs are to end, and then it. */
  readonly stop: AbortSignal;
}

/** How long an earlier process of the agent may take to be missed. */
const takeOverMs = 30_000;
const leaveMs = 5_000;

export class RunningAgent {
  readonly #options: RunAgentOptions;
  readonly #session = randomUUID();
  readonly #jobs = new Map<string, AgentJob>();
  #opened: OpenedAgentSession | undefined;
  #isAway = false;

  constructor(options: RunAgentOptions) {
    this.#options = options;
  }

  /** Resolves when it has been stopped and its jobs have ended. */
  async run(): Promise<void> {
    const { folder, stop, listener } = this.#options;
    await folder.clear();
    const opened = await this.#open();
    listener.online(opened);
    stop.addEventListener('abort', () => this.#stopJobs(), { once: true });
    try {
      while (!stop.aborted || this.#jobs.size > 0) await this.#round();
    } catch (error) {
      for (const job of this.#jobs.values()) job.lose();
      throw error;
    } finally {
      await this.#leave();
    }
  }

  /** Ends the processes of its jobs where they stand, and tells the server, if it listens. */
  async kill(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map((job) => job.kill()));
    await this.#leave();
  }

  async #open(): Promise<OpenedAgentSession> {
    const { server, facts, stop, onOpened } = this.#options;
    const until = Date.now() + takeOverMs;
    for (;;) {
      try {
        const open = () => server.open(this.#session, facts);
        this.#opened = await persist(open, stop, (error) => this.#missed(error));
        await onOpened(this.#opened);
        return this.#opened;
      } catch (error) {
        // One that was killed a moment ago is not missed yet.
        if (!hasCode(error, 'AGENT_ALREADY_ONLINE') || Date.now() > until) throw error;
        await delay(500);
      }
    }
  }

  /** One question, and what follows from its answer. */
  async #round(): Promise<void> {
    try {
      const answer = await this.#poll();
      this.#heard();
      this.#heed(answer);
    } catch (error) {
      if (hasCode(error, 'AGENT_SESSION_UNKNOWN')) await this.#open();
      else if (isPassing(error) || this.#wasWoken(error)) await this.#waitABit(error);
      else throw error;
    }
  }

  async #poll(): Promise<AgentPollAnswer> {
    const { server, stop } = this.#options;
    const holding = [...this.#jobs.values()].map(({ lease, isCanceling }) => {
      return { lease, canceling: isCanceling };
    });
    const poll = { session: this.#session, accepts: !stop.aborted, holding };
    // A question that gets no answer at all is asked again; to stop is no reason to wait for one.
    const limit = AbortSignal.timeout(this.#opened?.leaseMs ?? takeOverMs);
    const signals = stop.aborted ? [limit] : [limit, stop];
    return server.poll(poll, AbortSignal.any(signals));
  }

  #heed({ offer, cancel = [], lost = [] }: AgentPollAnswer): void {
    for (const lease of cancel) this.#jobs.get(lease)?.cancel();
    for (const lease of lost) this.#jobs.get(lease)?.lose();
    if (offer && !this.#options.stop.aborted && !this.#jobs.has(offer.lease)) this.#take(offer);
  }

  #take(offer: AgentJobOffer): void {
    const { server, folder, listener } = this.#options;
    const job = new AgentJob(offer, { agentName: this.#opened?.name ?? '', folder, server });
    this.#jobs.set(job.lease, job);
    listener.jobStarted(offer, job.id);
    void job.run().then((end) => {
      this.#jobs.delete(job.lease);
      listener.jobEnded(offer, job.id, end);
    });
  }

  #stopJobs(): void {
    for (const job of this.#jobs.values()) job.stop();
  }

  #wasWoken(error: unknown): boolean {
    return error instanceof Error && error.name === 'AbortError';
  }

  async #waitABit(error: unknown): Promise<void> {
    if (this.#wasWoken(error)) return;
    this.#missed(error);
    await delay(250 + Math.random() * 750);
  }

  /** Told once for each time that the server is away. */
  #missed(error: unknown): void {
    if (!this.#isAway) this.#options.listener.away(error);
    this.#isAway = true;
  }

  #heard(): void {
    if (this.#isAway) this.#options.listener.back();
    this.#isAway = false;
  }

  async #leave(): Promise<void> {
    const { server } = this.#options;
    const left = server.leave(this.#session).catch(() => undefined);
    await Promise.race([left, delay(leaveMs, undefined, { ref: false })]);
  }
}
