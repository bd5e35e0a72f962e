// A plan as data: the graph of a pipeline, each part with its outlook.

import type { Job, Stage } from '../pipeline/pipeline.ts';
import type { Outlook } from './plan-condition.ts';

export interface PlannedPart {
  readonly outlook: Outlook;
  /** How that came: the trace of its condition, or what has to be known for it. */
  readonly reasons: readonly string[];
  /** The condition, also where it is only implied. */
  readonly condition: string;
  /** What it comes to when what it depends on fails; undefined where it depends on nothing. */
  readonly afterFailure?: Outlook;
}

export interface PlannedStage extends PlannedPart {
  readonly stage: Stage;
  /** Someone has to start it. */
  readonly isManual: boolean;
  /** Approvals may be asked for these. */
  readonly environments: readonly string[];
  readonly jobs: readonly PlannedJob[];
}

export interface PlannedJob extends PlannedPart {
  readonly job: Job;
  /** Legs, slices or hooks; empty for a plain job, undefined where only a run can know them. */
  readonly instances?: readonly string[];
}
