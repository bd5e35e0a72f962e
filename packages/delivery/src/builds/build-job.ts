// A job of a build, with its steps, as others see it.
import type { Issue, Result } from '@ridgeline/azure-pipelines';

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
  /** The agent on another machine that ran it last; null: the server's own machine. */
  readonly agent: string | null;
  /** While it waits for such an agent: why. */
  readonly waitsFor: string | null;
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
