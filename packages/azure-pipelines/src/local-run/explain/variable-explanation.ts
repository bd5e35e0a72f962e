// Where a variable gets its value: each place that sets it, when, and what each job has of it.
import type { Origin } from '../../text/origin.ts';

/** From what is hidden by all to what hides all. A step's value holds from the next step on. */
const variableScopes = [
  'predefined',
  'queue',
  'secrets',
  'pipeline',
  'stage',
  'job',
  'matrix',
  'step',
] as const;
export type VariableScopeName = (typeof variableScopes)[number];

/** `compile`: fixed in the file. `prepare`: when its job is made ready. `run`: while it runs. */
export type VariablePhase = 'compile' | 'prepare' | 'run';

export interface VariableSetting {
  readonly scope: VariableScopeName;
  /** Which stage, job, leg, group or step; empty where there is but one. */
  readonly where: string;
  readonly phase: VariablePhase;
  /** Masked; null where it is known only when the run goes. */
  readonly value: string | null;
  readonly origin?: Origin;
  readonly readonly: boolean;
  /** What one has to know of it besides, e.g. that the group is not known here. */
  readonly note?: string;
}

export interface JobValue {
  /** `stage.job`, with its leg or hook behind it. */
  readonly job: string;
  /** Masked, with `$(x)` put in; null: the job has no such variable. */
  readonly value: string | null;
  readonly isSecret: boolean;
  /** Known only when the jobs before it have run. */
  readonly isOpen: boolean;
}

export interface VariableExplanation {
  readonly name: string;
  /** In the order of the scopes. */
  readonly settings: readonly VariableSetting[];
  readonly values: readonly JobValue[];
  /** Jobs that would not run, and so have no value. */
  readonly notRun: readonly string[];
  /** Names that were perhaps meant, where nothing sets this one. */
  readonly near: readonly string[];
}
