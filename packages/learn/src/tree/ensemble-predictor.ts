// The port between models and the ways to predict: by the compiled kernels, or in TypeScript.

import type { Features } from '../matrix/feature-matrix.ts';

/** Raw scores, base score included, before any link. */
export interface EnsemblePredictor {
  /**
   * @param values one number a column, NaN for missing; rounded to float32. @param out takes
   * `outputCount` scores.
   */
  predictRow(values: Float32Array | Float64Array, out: Float64Array): void;
  /** Every row of `x`, `outputCount` scores a row, into `out`. The columns have been checked. */
  predictBatch(x: Features, out: Float64Array): void;
}
