// What a loss is to a learner of raw scores, whatever the learner. Scores are in the link's domain.

import type { LossCode } from './loss-code.ts';

export interface Loss {
  readonly name: string;
  /** Raw scores a row: 1, or the number of classes of the softmax. */
  readonly outputCount: number;
  /** Whether every row's hessian is its weight, which makes hessian sums counts. */
  readonly hasConstantHessian: boolean;
  /** Which kernel computes gradients, and its detail; null for the softmax, which has its own. */
  readonly kernel: { readonly code: LossCode; readonly detail: number } | null;
  /**
   * The quantile of the residuals that a leaf's value is, for losses whose gradients tell only the
   * side; null where the Newton step is the value.
   */
  readonly leafQuantile: number | null;
  /** Where boosting starts. `weights` null stands for 1 each. */
  start(target: Float64Array, weights: Float64Array | null): LossStart;
  /** The loss of one row: its scores are `scores[at]`, and for classes every `stride` further. */
  ofRow(scores: Float32Array, at: number, stride: number, target: number): number;
}

export interface LossStart {
  /** The constant that fits best, one an output. */
  readonly baseScore: Float64Array;
  /**
   * What is subtracted from targets and left out of scores while boosting, so that float32 keeps the
   * digits that matter; 0 where the loss does not depend on the difference alone.
   */
  readonly origin: number;
}
