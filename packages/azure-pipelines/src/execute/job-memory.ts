// What the steps of a job have left for those behind them, as data: a host that keeps it can go on
// with the job after its own end. Texts in it may be secret.

import type { EndpointChange } from '../command/command-target.ts';
import type { VariableFlags } from '../variable/job-variables.ts';
import type { StepRecord } from './step-record.ts';

export interface SetByStep {
  readonly name: string;
  readonly value: string;
  readonly flags: VariableFlags;
}

export interface JobMemory {
  readonly variables: readonly SetByStep[];
  /** By `step.variable`. */
  readonly outputs: readonly (readonly [name: string, value: string])[];
  /** To be masked. */
  readonly secrets: readonly string[];
  /** The newest first. */
  readonly prependedPath: readonly string[];
  readonly endpointChanges: readonly EndpointChange[];
  /** Where a checkout has put the sources; null: where they are by default. */
  readonly sources: string | null;
}

/** A job whose host ended before the job did. */
export interface CutOffJob {
  /** What was written down of its steps. */
  readonly records: readonly StepRecord[];
  /** Undefined: its steps had left nothing yet. */
  readonly memory: JobMemory | undefined;
  /** Why it was cut off, for people. */
  readonly problem: string;
}
