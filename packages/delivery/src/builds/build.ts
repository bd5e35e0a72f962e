// A build as others see it: one run of a delivery pipeline. Values of secrets are never in it.
import type { Result } from '@ridgeline/azure-pipelines';
import type { Approval } from './approval.ts';
import type { BuildJob } from './build-job.ts';

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
  /** What people call it: the number, with the commit message unless the pipeline leaves it off. */
  readonly title: string;
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

export function hasEnded(status: BuildStatus): boolean {
  return status === 'completed';
}
