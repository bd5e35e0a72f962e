// Metrics of squared errors, as scikit-learn defines them.

import { LearnError } from '../errors.ts';
import {
  average,
  checkedInputs,
  type MetricOptions,
  type RegressionInputs,
} from './regression-inputs.ts';

/** Mean of the squared errors. 0 to infinity, 0 is best; in the target's unit squared. */
export function meanSquaredError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  return squaredError(checkedInputs(yTrue, yPred, options));
}

/** Square root of the mean squared error. 0 to infinity, 0 is best; in the target's unit. */
export function rootMeanSquaredError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  return Math.sqrt(meanSquaredError(yTrue, yPred, options));
}

/**
 * Mean squared error of log(1 + y). 0 to infinity, 0 is best.
 * @throws LearnError DATA_OUT_OF_RANGE when a target or a prediction is -1 or less.
 */
export function meanSquaredLogError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  const inputs = checkedInputs(yTrue, yPred, options);
  return squaredError({
    ...inputs,
    yTrue: logOfOnePlus('yTrue', inputs.yTrue),
    yPred: logOfOnePlus('yPred', inputs.yPred),
  });
}

/** Square root of the mean squared log error; the same range and errors. */
export function rootMeanSquaredLogError(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  return Math.sqrt(meanSquaredLogError(yTrue, yPred, options));
}

function squaredError(inputs: RegressionInputs): number {
  const { yTrue, yPred } = inputs;
  return average(inputs, (i) => (yTrue[i] - yPred[i]) ** 2);
}

function logOfOnePlus(what: string, values: Float64Array): Float64Array {
  const bad = values.findIndex((value) => value <= -1);
  if (bad >= 0) {
    throw new LearnError(
      'DATA_OUT_OF_RANGE',
      `${what} at index ${bad} (from 0) is ${values[bad]}, and log errors need values above -1; ` +
        'use mse or rmse for such targets',
    );
  }
  return values.map(Math.log1p);
}
