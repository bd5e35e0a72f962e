// A trial with what is needed to choose from it and to build on it: the predictions for the rows held
// out and the models of the folds. The ledger keeps the best of them, in bounded memory.
import type { Candidate } from '../learners/learner.ts';
import type { Trial } from './trial.ts';

export interface Evaluated {
  readonly trial: Trial;
  readonly candidate: Candidate;
  /** By the primary metric; lower is better. Infinite where the trial gave no model. */
  readonly loss: number;
  /** One a fold, by the primary metric; empty where the trial gave no model. */
  readonly foldLosses: readonly number[];
  /** For the plan's judged rows, row i's outputs at `i * outputs`: the mean of the folds' models. */
  readonly predictions: Float32Array | null;
  /** JSON of the folds' models; null once dropped. */
  readonly models: readonly Uint8Array[] | null;
  /** Rounds that the folds' models kept, on average; null where the learner has none. */
  readonly iterations: number | null;
  /** Milliseconds of the fits, all folds together. */
  readonly fitMs: number;
}
