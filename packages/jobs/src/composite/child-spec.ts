// What a composite step makes while the job runs: the least that has to be kept of a child to make
// it again from the definition, and its name.
import type { ForEachItem } from '@ridgeline/azureml-yaml';
import type { Parameters } from '../sweep/sampler.ts';

/** A trial of a sweep. */
export interface TrialSpec {
  readonly kind: 'trial';
  /** From 0. */
  readonly index: number;
  readonly parameters: Parameters;
}

/** A step of one turn of a loop. */
export interface TurnSpec {
  readonly kind: 'turn';
  /** From 0. */
  readonly turn: number;
  /** The step's name in the body. */
  readonly inner: string;
  /** What a `parallel_for` gives to this turn; null for a `do_while`. */
  readonly item: ForEachItem | null;
}

export type ChildSpec = TrialSpec | TurnSpec;

export function childName(parent: string, spec: ChildSpec): string {
  return spec.kind === 'trial'
    ? `${parent}.${spec.index}`
    : turnStepName(parent, spec.turn, spec.inner);
}

export function turnStepName(parent: string, turn: number, inner: string): string {
  return `${parent}.${turn}.${inner}`;
}
