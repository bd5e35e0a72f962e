export { LearnError, type LearnErrorCode } from './errors.ts';
export { FittedLinearModel } from './linear/fitted-linear-model.ts';
export type { LinearModelJson } from './linear/linear-model-json.ts';
export {
  type LinearEstimatorName,
  linearEstimatorParameters,
  linearRegressionParameters,
  ridgeParameters,
} from './linear/linear-parameters.ts';
export { LinearRegression, type LinearRegressionParameters } from './linear/linear-regression.ts';
export { Ridge, type RidgeParameters } from './linear/ridge.ts';
export { Matrix } from './matrix/matrix.ts';
export { matrixFromRows } from './matrix/matrix-from-rows.ts';
export { matrixFromTable } from './matrix/matrix-from-table.ts';
export {
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
} from './metrics/absolute-errors.ts';
export { explainedVarianceScore, r2Score } from './metrics/explained-scores.ts';
export type { MetricOptions } from './metrics/regression-inputs.ts';
export {
  type MetricDirection,
  type RegressionMetric,
  regressionMetric,
  regressionMetrics,
} from './metrics/regression-metrics.ts';
export {
  meanSquaredError,
  meanSquaredLogError,
  rootMeanSquaredError,
  rootMeanSquaredLogError,
} from './metrics/squared-errors.ts';
export type {
  BooleanParameter,
  NumberParameter,
  ParameterSpec,
  ParameterSpecs,
  ParameterValues,
} from './parameter/parameter-spec.ts';
export { RandomState } from './random/random-state.ts';
export {
  type TrainTestSplit,
  type TrainTestSplitOptions,
  trainTestSplit,
} from './split/train-test-split.ts';
