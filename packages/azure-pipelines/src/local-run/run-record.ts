// What is kept of a run in its run.json: enough to show it, to tell what became of it, and to run
// its failed part again. Values of secrets are never in it.
import type { Result } from '../orchestrate/result.ts';
import type { RunSelection } from './check-part.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** `abandoned`: its process ended without a word. */
export type RunState = 'running' | 'finished' | 'abandoned';

/** What one has asked for; a rerun asks for the same. */
export interface RunRequest {
  /** From the repository's root. */
  readonly file: string;
  /** The repository's root folder. */
  readonly root: string;
  readonly definitionName: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Alias → folder. */
  readonly repositories: Readonly<Record<string, string>>;
  readonly selection: RunSelection;
  readonly branch: string;
  readonly commit: string;
  readonly reason: string;
  /** Task → what it is taken to have done. */
  readonly mocks: Readonly<Record<string, 'succeeded' | 'failed'>>;
  readonly isDryRun: boolean;
  readonly taskFolders: readonly string[];
}

export interface StepLine {
  /** Unique in its job. */
  readonly id: string;
  readonly name: string;
  readonly result: Result;
  readonly startedAt: string;
  readonly endedAt: string;
  /** From the run's folder. */
  readonly log: string | null;
}

export interface JobRecord {
  readonly id: string;
  readonly stage: string;
  readonly job: string;
  /** `stage.job`, with its leg or hook behind it. */
  readonly identifier: string;
  readonly displayName: string;
  readonly attempt: number;
  /** By which its processes are known, should it be killed before them. */
  readonly mark: string;
  readonly state: RunState;
  readonly result: Result | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly steps: readonly StepLine[];
}

/** A stage or a job that was not run, and how that was decided. */
export interface SkipRecord {
  readonly stage: string;
  readonly job: string | null;
  /** `canceled` where the run was canceled before. */
  readonly result: Result;
  readonly trace: readonly string[];
}

export interface IssueRecord {
  readonly type: 'error' | 'warning';
  readonly message: string;
  readonly job: string;
  readonly step: string | null;
}

export interface RunRecord {
  readonly number: number;
  readonly buildNumber: string;
  readonly request: RunRequest;
  /** From 1; a rerun of its failed part counts on. */
  readonly attempt: number;
  readonly state: RunState;
  readonly result: Result | null;
  readonly process: ProcessIdentity;
  /** UTC, ISO: of the first attempt, which is the run's time for its expressions. */
  readonly createdAt: string;
  /** Of this attempt. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Those that have ended. */
  readonly stages: readonly { readonly id: string; readonly result: Result }[];
  readonly jobs: readonly JobRecord[];
  readonly skipped: readonly SkipRecord[];
  readonly issues: readonly IssueRecord[];
  readonly tags: readonly string[];
  readonly tests: readonly TestSummary[];
  readonly coverage: readonly CoverageSummary[];
}

export interface TestSummary {
  readonly title: string;
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** 0 to 100. */
export interface CoverageSummary {
  readonly linePercent: number;
  /** Null where the report counts no branches. */
  readonly branchPercent: number | null;
}
