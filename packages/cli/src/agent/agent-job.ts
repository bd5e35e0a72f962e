// One job on an agent, from the offer to its end: a folder of its own, its host, its steps.
import { randomUUID } from 'node:crypto';
import {
  builtInRegistry,
  type JobOutcome,
  type JobRun,
  killMarked,
  runJob,
  unpackJobRun,
} from '@ridgeline/azure-pipelines';
import {
  type AgentConnection,
  type AgentJobEnd,
  type AgentJobOffer,
  hasCode,
} from '@ridgeline/client';
import type { AgentFolder } from './agent-folder.ts';
import { AgentJobHost } from './agent-job-host.ts';
import { JobConnection } from './job-connection.ts';
import { stepEnvironment } from './step-environment.ts';

export interface AgentJobOptions {
  readonly agentName: string;
  readonly folder: AgentFolder;
  readonly server: AgentConnection;
}

const killEveryMs = 200;

export class AgentJob {
  readonly id: string;
  readonly #offer: AgentJobOffer;
  readonly #options: AgentJobOptions;
  readonly #run: JobRun;
  readonly #mark = `vsts_${randomUUID()}`;
  readonly #canceled = new AbortController();
  readonly #lost = new AbortController();
  #problem: string | null = null;
  #isEnding = false;

  constructor(offer: AgentJobOffer, options: AgentJobOptions) {
    this.#offer = offer;
    this.#options = options;
    this.#run = hereOn(unpackJobRun(offer.job), options);
    this.id = this.#run.id;
  }

  get lease(): string {
    return this.#offer.lease;
  }

  get isCanceling(): boolean {
    return this.#canceled.signal.aborted;
  }

  /** What is to run always still does. */
  cancel(): void {
    this.#canceled.abort();
  }

  /** The agent is to end, and says so. */
  stop(): void {
    if (this.isCanceling) return;
    this.#problem = `the agent '${this.#options.agentName}' was stopped while the job ran; run what has failed again`;
    this.cancel();
  }

  /** The server has given it up: nothing of it is to go on. */
  lose(): void {
    // Its end has been sent, and the server has only been faster to hear of it.
    if (this.#isEnding) return;
    this.#lost.abort();
    this.cancel();
  }

  /** How it ended; null: it was given up. Rejects for nothing. */
  async run(): Promise<AgentJobEnd | null> {
    const server = new JobConnection(this.#options.server, this.lease, this.#lost.signal);
    const stopKilling = this.#killWhenLost();
    try {
      // From here on the server knows that it has begun: it goes to no other agent.
      await server.report({ steps: [], log: [] });
      const end = await this.#runToItsEnd(server);
      this.#isEnding = !this.#lost.signal.aborted;
      if (!this.#isEnding) return null;
      await server.end(end);
      return end;
    } catch (error) {
      if (!hasCode(error, 'AGENT_LEASE_LOST')) this.#problem = messageOf(error);
      return null;
    } finally {
      stopKilling();
      await this.#options.folder.removePlace(this.lease).catch(() => undefined);
    }
  }

  /** What its steps have running now ends at once. */
  async kill(): Promise<void> {
    await killMarked(this.#mark);
  }

  async #runToItsEnd(server: JobConnection): Promise<AgentJobEnd> {
    try {
      return this.#endOf(await this.#runHosted(server));
    } catch (error) {
      return { result: 'failed', outputs: {}, secretOutputs: [], problem: messageOf(error) };
    }
  }

  async #runHosted(server: JobConnection): Promise<JobOutcome> {
    const { folder, server: connection } = this.#options;
    const { workFolder, transfers } = await folder.makePlace(this.lease, this.#mark);
    const host = new AgentJobHost({
      server,
      transfers,
      signal: this.#canceled.signal,
      cacheFolder: folder.cache(this.#offer.build.pipelineId),
      repositories: this.#offer.repositories,
    });
    const outcome = await runJob(this.#run, host, {
      workFolder,
      tasks: builtInRegistry(),
      lookupId: this.#mark,
      environment: stepEnvironment(connection.url),
    });
    await host.close();
    return outcome;
  }

  #endOf({ result, outputs, secretOutputs = new Set() }: JobOutcome): AgentJobEnd {
    const isCut = this.#problem !== null && result === 'canceled';
    return {
      result: isCut ? 'failed' : result,
      outputs: Object.fromEntries(outputs),
      secretOutputs: [...secretOutputs],
      problem: isCut ? this.#problem : null,
    };
  }

  #killWhenLost(): () => void {
    const timer = setInterval(() => {
      if (this.#lost.signal.aborted) this.kill().catch(() => undefined);
    }, killEveryMs);
    return () => clearInterval(timer);
  }
}

/** Only the agent knows what it is called, and where it reaches the server. */
function hereOn(run: JobRun, { agentName, server }: AgentJobOptions): JobRun {
  const variables = new Map(run.variables);
  const set = (name: string, value: string) =>
    variables.set(name, { value, secret: false, readonly: true });
  set('Agent.Name', agentName);
  for (const name of ['System.CollectionUri', 'System.TeamFoundationCollectionUri'])
    if (variables.has(name)) set(name, `${server.url}/`);
  return { ...run, variables };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 5_000);
}
