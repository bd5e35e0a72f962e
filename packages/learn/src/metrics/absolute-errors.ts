// Metrics of absolute errors, as scikit-learn defines them.

import {
  average,
  checkedInputs,
  type MetricOptions,
  type RegressionInputs,
} from './regression-inputs.ts';
import { weightedMedian } from './weighted-median.ts';

/** Mean of the absolute errors. 0 to infinity, 0 is best; in the target's unit. */
export function meanAbsoluteError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  const inputs = checkedInputs(yTrue, yPred, options);
  return average(inputs, (i) => absoluteError(inputs, i));
}

/** Median of the absolute errors. 0 to infinity, 0 is best; in the target's unit. */
export function medianAbsoluteError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  const inputs = checkedInputs(yTrue, yPred, options);
  const errors = inputs.yTrue.map((_, i) => absoluteError(inputs, i));
  return weightedMedian(errors, inputs.weights ?? new Float64Array(errors.length).fill(1));
}

/** The largest absolute error. 0 to infinity, 0 is best; in the target's unit. Knows no weights. */
export function maxError(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  const inputs = checkedInputs(yTrue, yPred, {});
  return inputs.yTrue.reduce((most, _, i) => Math.max(most, absoluteError(inputs, i)), 0);
}

/**
 * Mean of the absolute errors, each divided by the size of its target: 0.1 is ten percent. 0 to
 * infinity, 0 is best. A target of 0 counts as 2.2e-16, so that its error becomes very large.
 */
export function meanAbsolutePercentageError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  const inputs = checkedInputs(yTrue, yPred, options);
  return average(inputs, (i) => {
    const size = Math.max(Math.abs(inputs.yTrue[i]), Number.EPSILON);
    return absoluteError(inputs, i) / size;
  });
}

function absoluteError({ yTrue, yPred }: RegressionInputs, row: number): number {
  return Math.abs(yPred[row] - yTrue[row]);
}
