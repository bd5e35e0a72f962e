// Rows of weight 0 count as absent. They are taken out before the numerics, where the product of 0
// and a number that overflows would be NaN.

import type { Matrix } from '../matrix/matrix.ts';

export interface WeightedRows<Target extends Float64Array | Int32Array> {
  readonly x: Matrix;
  readonly y: Target;
  /** Null where every row counts once. */
  readonly weights: Float64Array | null;
}

/** The rows that have a weight; the arguments themselves where all do. */
export function withoutWeightless<Target extends Float64Array | Int32Array>(
  x: Matrix,
  y: Target,
  weights: Float64Array | null,
): WeightedRows<Target> {
  if (weights === null || weights.every((weight) => weight > 0)) return { x, y, weights };
  const kept = Int32Array.from(weights.keys()).filter((i) => weights[i] > 0);
  return {
    x: x.takeRows(kept),
    // A filter by place keeps the array's type, whichever of the two it is.
    y: y.filter((_, i) => weights[i] > 0) as Target,
    weights: weights.filter((weight) => weight > 0),
  };
}
