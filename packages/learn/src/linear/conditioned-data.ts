// Prepares data for the logistic solver: centred columns, each divided by a factor that makes the
// curvature of all about the same, so that the scale of a column does not slow the solver down. The
// penalties change with the factors, and the minimum does not.

import type { Matrix } from '../matrix/matrix.ts';
import { mean, weightedMean } from '../numeric/sum.ts';

export interface ConditionedData {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Row-major, new. */
  readonly values: Float64Array;
  readonly means: Float64Array;
  /** By which the columns were divided, above 0. */
  readonly factors: Float64Array;
}

/**
 * @param curvature of the loss, at most: a quarter for the logistic one.
 * @param l2 the penalty's own curvature in the columns' own scale.
 */
export function condition(
  x: Matrix,
  weights: Float64Array | null,
  { fitIntercept, curvature, l2 }: { fitIntercept: boolean; curvature: number; l2: number },
): ConditionedData {
  const { rowCount, columnCount } = x;
  const values = new Float64Array(rowCount * columnCount);
  const means = new Float64Array(columnCount);
  const factors = new Float64Array(columnCount);
  for (let j = 0; j < columnCount; j++) {
    const column = x.column(j);
    if (fitIntercept) means[j] = weights ? weightedMean(column, weights) : mean(column);
    for (let i = 0; i < rowCount; i++) column[i] -= means[j];
    const spread = rootMeanSquare(column, weights);
    // hypot neither overflows nor vanishes in between. A column of zeros without penalty stays so.
    factors[j] = Math.hypot(Math.sqrt(curvature) * spread, Math.sqrt(l2)) || 1;
    for (let i = 0; i < rowCount; i++) values[i * columnCount + j] = column[i] / factors[j];
  }
  return { rowCount, columnCount, values, means, factors };
}

function rootMeanSquare(values: Float64Array, weights: Float64Array | null): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights === null ? 1 : weights[i];
    sum += weight * (values[i] / largest) ** 2;
    total += weight;
  }
  return largest * Math.sqrt(sum / total);
}
