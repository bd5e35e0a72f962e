// The shapes of a build: one run of a delivery pipeline, with its stages, jobs and steps.

export type BuildStatus = 'inProgress' | 'cancelling' | 'completed';
export type BuildResult = 'succeeded' | 'succeededWithIssues' | 'failed' | 'canceled' | 'skipped';
export type BuildReason =
  | 'Manual'
  | 'IndividualCI'
  | 'BatchedCI'
  | 'Schedule'
  | 'PullRequest'
  | 'BuildCompletion'
  | 'ResourceTrigger';

/** What is left out has a default. */
export interface NewBuild {
  /** The name of the delivery pipeline. */
  readonly pipeline: string;
  /** `main`, `refs/heads/main` or `refs/tags/v1`; default the pipeline's. */
  readonly branch?: string;
  /** Default the newest of the branch. */
  readonly commit?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** Ids of stages that are left out. */
  readonly stagesToSkip?: readonly string[];
  /** In the place of a branch: the merge of this is built. */
  readonly pullRequest?: AskedPullRequest;
}

/** One that a server publishes, by its number, or two branches. */
export interface AskedPullRequest {
  readonly number?: number;
  /** The branch that it brings. */
  readonly source?: string;
  /** Where that goes; default the pipeline's branch. */
  readonly into?: string;
}

export interface BuildQuery {
  readonly pipeline?: string;
  readonly branch?: string;
  readonly status?: BuildStatus;
  readonly result?: BuildResult;
  readonly tag?: string;
  /** Those with a smaller id: to page on. */
  readonly before?: string;
  /** 1 to 1,000; default 100. */
  readonly limit?: number;
}

/** Times are UTC, ISO 8601. */
export interface BuildSummary {
  /** A number, from 1. */
  readonly id: string;
  readonly buildNumber: string;
  /** The number, with the commit message unless the pipeline leaves it off. */
  readonly title: string;
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly status: BuildStatus;
  /** Once it is completed. */
  readonly result: BuildResult | null;
  readonly reason: BuildReason;
  readonly branch: string;
  readonly commit: string;
  /** The first line. */
  readonly commitMessage: string;
  readonly requestedBy: string;
  readonly tags: readonly string[];
  /** From 1; a rerun counts on. */
  readonly attempt: number;
  readonly queuedAt: string;
  /** Of the attempt. */
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export interface Build extends BuildSummary {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string>>;
  /** The build whose end has started this one. */
  readonly triggeredBy: string | null;
  readonly stages: readonly BuildStage[];
  /** What is wrong outside of the jobs. */
  readonly issues: readonly BuildProblem[];
  readonly tests: readonly BuildTests[];
  readonly coverage: readonly BuildCoverage[];
  readonly approvals: readonly BuildApproval[];
}

export interface BuildStage {
  /** `__default` where the file has no stages. */
  readonly id: string;
  readonly displayName: string;
  readonly attempt: number;
  readonly phase: 'pending' | 'awaitingStart' | 'checking' | 'running' | 'completed';
  readonly result: BuildResult | null;
  readonly dependsOn: readonly string[];
  /** How its condition was evaluated. */
  readonly trace: readonly string[];
  readonly mistake: string | null;
  readonly jobs: readonly BuildJob[];
}

export interface BuildJob {
  /** Unique in the build. */
  readonly id: string;
  readonly job: string;
  readonly displayName: string;
  readonly attempt: number;
  /** `queued`: it waits for an agent. */
  readonly state: 'pending' | 'queued' | 'inProgress' | 'completed';
  readonly result: BuildResult | null;
  /** The agent on another machine that ran it last; null: the server's own machine. */
  readonly agent: string | null;
  /** While it waits for such an agent: why. */
  readonly waitsFor: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly trace: readonly string[];
  /** What went wrong with it outside of a step. */
  readonly problem: string | null;
  readonly steps: readonly BuildStep[];
}

export interface BuildStep {
  /** Of its log, unique in the build; from 1. */
  readonly log: number;
  readonly id: string;
  readonly name: string;
  readonly order: number;
  readonly task: string | null;
  readonly state: 'pending' | 'inProgress' | 'completed';
  readonly result: BuildResult | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly percentComplete: number | null;
  readonly issues: readonly BuildProblem[];
  readonly errorCount: number;
  readonly warningCount: number;
  readonly conditionTrace: readonly string[];
}

export interface BuildProblem {
  readonly type: 'error' | 'warning';
  readonly message: string;
}

export interface BuildTests {
  readonly title: string;
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** 0 to 100. */
export interface BuildCoverage {
  readonly linePercent: number;
  readonly branchPercent: number | null;
}

/** What a build waits for a person with, and what was decided. */
export interface BuildApproval {
  readonly id: string;
  readonly kind: 'stage' | 'manualStage' | 'manualValidation';
  readonly stage: string;
  readonly attempt: number;
  /** Environments, or the job of the task. */
  readonly about: readonly string[];
  readonly instructions: string;
  /** Empty: everybody with the right to approve. */
  readonly approvers: readonly string[];
  readonly minimum: number;
  readonly state: 'pending' | 'approved' | 'rejected' | 'timedOut' | 'canceled';
  readonly decisions: readonly BuildDecision[];
  readonly askedAt: string;
  readonly endedAt: string | null;
}

export interface BuildDecision {
  readonly by: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  readonly at: string;
}

export interface BuildArtifact {
  readonly name: string;
  readonly files: number;
  readonly sizeBytes: number;
}

/** Lines of a step's log. */
export interface BuildLog {
  readonly lines: readonly string[];
  /** The number of the line after these, from 0: what to ask for next. */
  readonly next: number;
  /** Nothing more comes behind `next`. */
  readonly isComplete: boolean;
}
