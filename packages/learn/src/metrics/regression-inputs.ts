// What every regression metric is given, checked once: truth, prediction and optional weights.

import { LearnError } from '../errors.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import { checkedVector } from '../matrix/vector.ts';
import { sumOf } from '../numeric/sum.ts';

export interface MetricOptions {
  /** One weight a row, finite and not negative, not all zero. Default: every row counts the same. */
  readonly sampleWeight?: ArrayLike<number>;
}

export interface RegressionInputs {
  readonly rowCount: number;
  readonly yTrue: Float64Array;
  readonly yPred: Float64Array;
  /** Null when every row counts the same. */
  readonly weights: Float64Array | null;
}

/** @throws LearnError DATA_EMPTY, SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE for weights. */
export function checkedInputs(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions,
): RegressionInputs {
  const rowCount = yTrue.length;
  if (rowCount === 0) {
    throw new LearnError('DATA_EMPTY', 'a metric needs at least one row, and yTrue has none');
  }
  const { sampleWeight } = options;
  return {
    rowCount,
    yTrue: checkedVector('yTrue', yTrue, rowCount, 'yTrue'),
    yPred: checkedVector('yPred', yPred, rowCount, 'yTrue'),
    weights: checkedWeights(sampleWeight, rowCount),
  };
}

/** The weighted mean of `term` over the rows. */
export function average(inputs: RegressionInputs, term: (row: number) => number): number {
  const { rowCount, weights } = inputs;
  if (weights === null) return sumOf(rowCount, term) / rowCount;
  const total = sumOf(rowCount, (i) => weights[i]);
  return sumOf(rowCount, (i) => weights[i] * term(i)) / total;
}
