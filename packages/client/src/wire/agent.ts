// The shapes of agents: machines elsewhere that run jobs of builds. Those that agents themselves send
// and get are below.

export type AgentState = 'offline' | 'online' | 'busy';

export interface Agent {
  readonly name: string;
  readonly pool: string;
  readonly state: AgentState;
  /** False: it takes no new jobs. */
  readonly enabled: boolean;
  /** Null before it first came, as are the next. */
  readonly version: string | null;
  readonly slots: number | null;
  readonly capabilities: Readonly<Record<string, string>>;
  readonly jobs: readonly {
    readonly build: string;
    readonly job: string;
    readonly startedAt: string;
  }[];
  readonly createdBy: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
}

export interface NewAgent {
  readonly name: string;
  /** As pipelines name it: `pool: NAME`. */
  readonly pool: string;
  /** In the place of the one of that name; default false. */
  readonly replace?: boolean;
}

/** `credential` is told this once. */
export interface RegisteredAgent extends Agent {
  readonly credential: string;
}

export interface AgentChanges {
  readonly enabled?: boolean;
}

export interface AgentFacts {
  readonly version: string;
  readonly slots: number;
  readonly capabilities: Readonly<Record<string, string>>;
}

export interface OpenedAgentSession {
  readonly name: string;
  readonly pool: string;
  readonly leaseMs: number;
}

export interface AgentPoll {
  /** Of the agent's process: a UUID. */
  readonly session: string;
  /** False: it takes no new jobs, as it is about to leave; default true. */
  readonly accepts?: boolean;
  readonly holding: readonly { readonly lease: string; readonly canceling?: boolean }[];
}

export interface AgentPollAnswer {
  readonly offer?: AgentJobOffer;
  /** Leases whose jobs are to end; what is to run always still does. */
  readonly cancel?: readonly string[];
  /** Leases that are no more: what they run is to end at once. */
  readonly lost?: readonly string[];
}

/** It holds secrets. */
export interface AgentJobOffer {
  readonly lease: string;
  readonly build: {
    readonly id: string;
    readonly number: string;
    readonly pipeline: string;
    readonly pipelineId: string;
  };
  /** For `unpackJobRun` of the package azure-pipelines. */
  readonly job: unknown;
  /** Alias → the name of the repository. */
  readonly repositories: Readonly<Record<string, string>>;
}

export interface AgentReport<Step = unknown> {
  readonly steps: readonly Step[];
  readonly log: readonly {
    readonly step: string;
    /** The number of the first line in the step's log, from 0. */
    readonly from: number;
    readonly lines: readonly string[];
  }[];
}

export interface AgentJobEnd {
  readonly result: 'succeeded' | 'succeededWithIssues' | 'failed' | 'canceled' | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
  /** Names of those that are secret. */
  readonly secretOutputs: readonly string[];
  /** What failed outside of its steps. */
  readonly problem: string | null;
}

/** `failure`: what the step is to fail with. */
export type AgentCallAnswer = { readonly value: unknown } | { readonly failure: string };
