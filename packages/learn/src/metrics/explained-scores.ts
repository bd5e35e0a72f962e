// Scores that compare the errors with the spread of the target, as scikit-learn defines them.

import {
  average,
  checkedInputs,
  type MetricOptions,
  type RegressionInputs,
} from './regression-inputs.ts';

/**
 * R², the coefficient of determination. Minus infinity to 1, 1 is best, 0 is as good as the mean. For a
 * constant target: 1 when the prediction is perfect, otherwise 0. NaN for a single row.
 */
export function r2Score(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  const inputs = checkedInputs(yTrue, yPred, options);
  if (inputs.rowCount < 2) return Number.NaN;
  const truth = inputs.yTrue;
  const errors = truth.map((value, i) => value - inputs.yPred[i]);
  const meanTruth = averageOf(inputs, truth);
  return explainedShare(
    average(inputs, (i) => errors[i] ** 2),
    average(inputs, (i) => (truth[i] - meanTruth) ** 2),
  );
}

/**
 * The share of the target's variance that is explained: R² that forgives a constant offset. Minus
 * infinity to 1, 1 is best. For a constant target: 1 when the errors are constant, otherwise 0.
 */
export function explainedVarianceScore(
  yTrue: ArrayLike<number>,
  yPred: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  const inputs = checkedInputs(yTrue, yPred, options);
  const truth = inputs.yTrue;
  const errors = truth.map((value, i) => value - inputs.yPred[i]);
  const meanError = averageOf(inputs, errors);
  const meanTruth = averageOf(inputs, truth);
  return explainedShare(
    average(inputs, (i) => (errors[i] - meanError) ** 2),
    average(inputs, (i) => (truth[i] - meanTruth) ** 2),
  );
}

/** Equal values have exactly their value for a mean, so that a constant target is seen as one. */
function averageOf(inputs: RegressionInputs, values: Float64Array): number {
  const first = values[0];
  return values.every((value) => value === first) ? first : average(inputs, (i) => values[i]);
}

/** One minus the unexplained share; the constant target has scikit-learn's finite answers. */
function explainedShare(unexplained: number, total: number): number {
  if (total !== 0) return 1 - unexplained / total;
  return unexplained === 0 ? 1 : 0;
}
