// What the search and its workers say to each other. Big arrays lie in shared memory or are handed
// over, never copied.
import type { FeatureColumn, Label, Parameters } from '@ridgeline/learn';
import type { Fold } from '../evaluation/plan.ts';
import type { Problem, ProblemFacts } from '../problem/problem.ts';
import type { LearnerName } from '../settings/learner-names.ts';

/** Sent once to each worker, before any task. */
export interface ProblemMessage {
  readonly kind: 'problem';
  readonly task: Problem['task'];
  readonly columns: readonly FeatureColumn[];
  readonly target: Float64Array;
  readonly classes: readonly Label[] | null;
  readonly fitWeights: Float64Array | null;
  readonly folds: readonly Fold[];
  readonly facts: ProblemFacts;
  /** One flag a worker: not 0 asks it to end the fit that it is at. */
  readonly stopFlags: Int32Array;
}

export interface FitTask {
  readonly kind: 'fit';
  readonly id: number;
  readonly learner: LearnerName;
  readonly parameters: Parameters;
  readonly seed: number;
  /** Index of the fold; -1 fits on all rows that may be trained on, and judges none. */
  readonly fold: number;
  /** Only the first so many training rows; null for all. */
  readonly sampleRows: number | null;
}

export interface FitResult {
  readonly kind: 'fitted';
  readonly id: number;
  /** For the fold's rows, in their order; row i's outputs are at `i * outputs`. */
  readonly predictions: Float32Array;
  /** The model's JSON as UTF-8. */
  readonly model: Uint8Array;
  readonly curve: readonly number[] | null;
  /** Rounds, trees or epochs that the model keeps; null where the learner has none. */
  readonly iterations: number | null;
  readonly fitMs: number;
  readonly predictMs: number;
  /** Whether the fit was ended before it was done. */
  readonly wasCut: boolean;
}

export interface FitFailure {
  readonly kind: 'failed';
  readonly id: number;
  readonly message: string;
}

export interface ReadyMessage {
  readonly kind: 'ready';
}

export type ToWorker = ProblemMessage | FitTask;
export type FromWorker = FitResult | FitFailure | ReadyMessage;
