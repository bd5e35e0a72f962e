// An agent as others see it: a machine elsewhere that comes for jobs of one pool.

/** `busy`: all its slots are taken. Whether it takes new jobs at all, `enabled` says. */
export const agentStates = ['offline', 'online', 'busy'] as const;
export type AgentState = (typeof agentStates)[number];

export interface Agent {
  readonly name: string;
  readonly pool: string;
  readonly state: AgentState;
  /** False: it takes no new jobs. */
  readonly enabled: boolean;
  /** Of its program; null before it first came, as are the next two. */
  readonly version: string | null;
  /** How many jobs it runs at once. */
  readonly slots: number | null;
  /** What jobs can demand of it, by name. */
  readonly capabilities: Readonly<Record<string, string>>;
  /** What it runs now. */
  readonly jobs: readonly AgentJob[];
  readonly createdBy: string;
  /** UTC, ISO. */
  readonly createdAt: string;
  /** To the minute; null: it never came. */
  readonly lastSeenAt: string | null;
}

export interface AgentJob {
  readonly build: string;
  /** The id of the job in the build. */
  readonly job: string;
  readonly startedAt: string;
}

export interface NewAgent {
  readonly name: string;
  readonly pool: string;
  /** In the place of the one of that name, whose credential is void from now on; default false. */
  readonly replace?: boolean;
}

/** `credential` is told this once. */
export interface RegisteredAgent extends Agent {
  readonly credential: string;
}

export interface AgentChanges {
  readonly enabled?: boolean;
}

/** What an agent's process says of itself when it comes. */
export interface AgentFacts {
  readonly version: string;
  readonly slots: number;
  readonly capabilities: Readonly<Record<string, string>>;
}

export const agentLimits = {
  agents: 1_000,
  nameLength: 100,
  slots: 256,
  capabilities: 500,
  capabilityLength: 1_000,
} as const;
