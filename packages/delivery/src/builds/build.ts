// A build as others see it: one run of a delivery pipeline. Values of secrets are never in it.
import type { Issue, Result } from '@ridgeline/azure-pipelines';

export const buildStatuses = ['inProgress', 'cancelling', 'completed'] as const;
export type BuildStatus = (typeof buildStatuses)[number];

/** Build.Reason. */
export const buildReasons = [
  'Manual',
  'IndividualCI',
  'BatchedCI',
  'Schedule',
  'PullRequest',
  'BuildCompletion',
  'ResourceTrigger',
] as const;
export type BuildReason = (typeof buildReasons)[number];

export interface BuildSummary {
  /** A number, from 1, in the workspace: Build.BuildId. */
  readonly id: string;
  /** As the pipeline's `name` makes it, such as `20260302.1`. */
  readonly buildNumber: string;
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly status: BuildStatus;
  /** Once it is completed. */
  readonly result: Result | null;
  readonly reason: BuildReason;
  /** e.g. `refs/heads/main`. */
  readonly branch: string;
  readonly commit: string;
  /** The first line. */
  readonly commitMessage: string;
  readonly requestedBy: string;
  readonly tags: readonly string[];
  /** From 1; a rerun counts on. */
  readonly attempt: number;
  /** UTC, ISO. */
  readonly queuedAt: string;
  /** Of the attempt. */
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export interface Build extends BuildSummary {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Those given when it was queued. */
  readonly variables: Readonly<Record<string, string>>;
  /** The build whose end has started this one. */
  readonly triggeredBy: string | null;
  /** In the order of the pipeline. */
  readonly stages: readonly BuildStage[];
  /** What is wrong outside of the jobs: mistakes of the file, of a condition. */
  readonly issues: readonly BuildIssue[];
  readonly tests: readonly BuildTests[];
  readonly coverage: readonly BuildCoverage[];
  /** Whom or what it waits for, and what was decided. */
  readonly approvals: readonly Approval[];
}

export type BuildStagePhase = 'pending' | 'awaitingStart' | 'checking' | 'running' | 'completed';

export interface BuildStage {
  /** `__default` where the file has no stages. */
  readonly id: string;
  readonly displayName: string;
  readonly attempt: number;
  readonly phase: BuildStagePhase;
  readonly result: Result | null;
  readonly dependsOn: readonly string[];
  /** How its condition was evaluated. */
  readonly trace: readonly string[];
  /** Why it failed before its jobs. */
  readonly mistake: string | null;
  readonly jobs: readonly BuildJob[];
}

/** `queued`: it waits for an agent. */
export type BuildJobState = 'pending' | 'queued' | 'inProgress' | 'completed';

export interface BuildJob {
  /** Unique in the build: `Build.Test.py39@1`; of a job that has not run, `Build.Test`. */
  readonly id: string;
  readonly job: string;
  readonly displayName: string;
  readonly attempt: number;
  readonly state: BuildJobState;
  readonly result: Result | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Of a job that was skipped, how its condition was evaluated. */
  readonly trace: readonly string[];
  /** What went wrong with it outside of a step, such as the end of the server. */
  readonly problem: string | null;
  readonly steps: readonly BuildStep[];
}

export interface BuildStep {
  /** Of its log, unique in the build; from 1. */
  readonly log: number;
  /** Unique in the job: `<phase>.<order>`. */
  readonly id: string;
  readonly name: string;
  readonly order: number;
  readonly task: string | null;
  readonly state: 'pending' | 'inProgress' | 'completed';
  readonly result: Result | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly percentComplete: number | null;
  readonly issues: readonly Issue[];
  readonly errorCount: number;
  readonly warningCount: number;
  /** Of a step that was skipped, how its condition was evaluated. */
  readonly conditionTrace: readonly string[];
}

export interface BuildIssue {
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
  /** Null where the report counts no branches. */
  readonly branchPercent: number | null;
}

export interface BuildArtifact {
  readonly name: string;
  readonly files: number;
  readonly sizeBytes: number;
}

/** `stage`: an approval of an environment; `manualStage`: a stage with `trigger: manual`;
 * `manualValidation`: a task that asks a person. */
export type ApprovalKind = 'stage' | 'manualStage' | 'manualValidation';
export type ApprovalState = 'pending' | 'approved' | 'rejected' | 'timedOut' | 'canceled';

export interface Approval {
  /** Unique in the workspace. */
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly stage: string;
  readonly attempt: number;
  /** Environments, or the job of the task. */
  readonly about: readonly string[];
  readonly instructions: string;
  /** Who may decide; empty: everybody with the right to. */
  readonly approvers: readonly string[];
  /** How many of them have to approve. */
  readonly minimum: number;
  readonly state: ApprovalState;
  readonly decisions: readonly ApprovalDecision[];
  readonly askedAt: string;
  readonly endedAt: string | null;
}

export interface ApprovalDecision {
  readonly by: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  readonly at: string;
}

export interface BuildEvent {
  /** Counts up over all builds. */
  readonly sequence: number;
  readonly buildId: string;
  readonly at: string;
  readonly kind:
    | 'queued'
    | 'started'
    | 'cancelRequested'
    | 'stageStarted'
    | 'stageEnded'
    | 'jobQueued'
    | 'jobStarted'
    | 'jobEnded'
    | 'approvalAsked'
    | 'approvalDecided'
    | 'ended';
  readonly details: Readonly<Record<string, unknown>>;
}

/** Lines of a step's log, with `##[kind]` where they have one and the time in front. */
export interface LogLines {
  readonly lines: readonly string[];
  /** The number of the line after these, to ask for next; from 0. */
  readonly next: number;
  /** Nothing more comes behind `next`. */
  readonly isComplete: boolean;
}

export function hasEnded(status: BuildStatus): boolean {
  return status === 'completed';
}
