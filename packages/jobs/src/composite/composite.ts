// What a composite step does next: a sweep, a condition or a loop starts no process of its own, but
// steps, and comes to a result by what those come to. The functions beside are pure: the engine
// tells them what it sees, and does what they say.
import type {
  ConditionStep,
  ForEachStep,
  LoopStep,
  Step,
  SweepStep,
} from '@ridgeline/azureml-yaml';
import type { JobFailure, JobStatus } from '../job/job.ts';
import type { ChildSpec } from './child-spec.ts';

export type CompositeStep = ConditionStep | ForEachStep | LoopStep | SweepStep;

export function isComposite(step: Step): step is CompositeStep {
  return (
    step.type === 'if_else' ||
    step.type === 'do_while' ||
    step.type === 'parallel_for' ||
    step.type === 'sweep'
  );
}

/** A step that a composite step has made. */
export interface Child<S extends ChildSpec = ChildSpec> {
  readonly name: string;
  readonly spec: S;
  readonly status: JobStatus;
  readonly error: JobFailure | null;
}

/** What a composite step has come to. `result` is kept: later steps are told by it. */
export type CompositeResult =
  | {
      readonly status: 'Completed';
      readonly result: KeptResult;
      /** For the reader of the job. */
      readonly decision: string;
    }
  | { readonly status: 'Failed'; readonly error: JobFailure }
  | { readonly status: 'Canceled' };

export type KeptResult =
  | { readonly kind: 'condition'; readonly value: boolean }
  /** How many turns a loop has made. */
  | { readonly kind: 'turns'; readonly count: number }
  | { readonly kind: 'best'; readonly trial: string };

export interface CompositeActions {
  /** To be made and started. */
  readonly start: readonly ChildSpec[];
  /** Children that have not ended and are to. Each with the reason. */
  readonly stop: readonly { readonly name: string; readonly reason: string }[];
  /** Null while it goes on. */
  readonly result: CompositeResult | null;
}

export const waitOn: CompositeActions = { start: [], stop: [], result: null };

export function endWith(result: CompositeResult): CompositeActions {
  return { start: [], stop: [], result };
}

export function failWith(code: JobFailure['code'], message: string): CompositeActions {
  return endWith({ status: 'Failed', error: { code, message } });
}
