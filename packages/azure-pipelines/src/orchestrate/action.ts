// What the orchestrator asks of its host, and what it tells it.

import type { LockBehavior, Stage } from '../pipeline/pipeline.ts';
import type { JobRun } from './job-run.ts';
import type { Result } from './result.ts';

export type Action =
  | CheckStage
  | AwaitStart
  | StartJob
  | CancelJob
  | Skip
  | JobFinished
  | StageFinished
  | Finished;

/** Approvals, checks, locks: the host answers with `stageChecked`, at once where there are none. */
export interface CheckStage {
  readonly kind: 'checkStage';
  readonly stage: Stage;
  readonly attempt: number;
  /** Of the exclusive locks that it needs: the stage's, else the pipeline's, else `runLatest`. The
   * host gives them back at `stageFinished`. */
  readonly lockBehavior: LockBehavior;
  /** It says so itself: then it needs the lock of its own name also where no resource asks for one. */
  readonly hasOwnLock: boolean;
  /** Names of environments that its jobs deploy to: where they are known before the stage. */
  readonly environments: readonly string[];
}

/** A stage with `trigger: manual` could start: the host answers with `startStage` or `skipStage`. */
export interface AwaitStart {
  readonly kind: 'awaitStart';
  readonly stage: Stage;
}

/** The host answers with `jobFinished`. */
export interface StartJob {
  readonly kind: 'startJob';
  readonly job: JobRun;
}

/** A running job is to be canceled; it still ends with `jobFinished`. */
export interface CancelJob {
  readonly kind: 'cancelJob';
  /** Of the JobRun. */
  readonly id: string;
}

/** A stage, or a job of a stage that runs, is not run. */
export interface Skip {
  readonly kind: 'skip';
  readonly node: NodeName;
  readonly result: Result;
  /** How its condition was evaluated, a line each; secrets are masked. */
  readonly trace: readonly string[];
}

/** A job, with all its legs or hooks, has its result. */
export interface JobFinished {
  readonly kind: 'jobFinished';
  readonly node: NodeName;
  readonly result: Result;
  /** Why it failed before it ran: an expression that cannot be evaluated. */
  readonly mistake?: string;
}

export interface StageFinished {
  readonly kind: 'stageFinished';
  readonly node: NodeName;
  readonly attempt: number;
  readonly result: Result;
  readonly mistake?: string;
}

export interface Finished {
  readonly kind: 'finished';
  readonly result: Result;
}

export interface NodeName {
  readonly stage: string;
  readonly job?: string;
}
