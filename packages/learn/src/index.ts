export { LearnError, type LearnErrorCode } from './errors.ts';
export type { CurveOptions } from './curves/binary-inputs.ts';
export {
  type CalibrationCurve,
  type CalibrationOptions,
  calibrationCurve,
} from './curves/calibration-curve.ts';
export { type ConfusionMatrix, confusionMatrix, shareOfClass } from './curves/confusion-matrix.ts';
export { type LiftOptions, type LiftPoint, liftAndGain } from './curves/lift-and-gain.ts';
export { type PrecisionRecallCurve, precisionRecallCurve } from './curves/precision-recall-curve.ts';
export {
  type PredictedVsTrueBin,
  predictedVsTrue,
  type ResidualHistogram,
  residualHistogram,
} from './curves/residual-histogram.ts';
export { type RocCurve, type RocOptions, rocCurve } from './curves/roc-curve.ts';
export { type LinearShap, linearShap } from './inspection/linear-shap.ts';
export {
  type PartialDependence,
  type PartialDependenceOptions,
  partialDependence,
} from './inspection/partial-dependence.ts';
export {
  type ColumnImportance,
  importancesOf,
  type PermutationOptions,
  permutationImportance,
} from './inspection/permutation-importance.ts';

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
export {
  type ClassificationEvaluationOptions,
  type EvaluationOptions,
  evaluateClassification,
  evaluateRegression,
  type RegressionEvaluationOptions,
} from './metrics/evaluate.ts';
export { explainedVarianceScore, r2Score } from './metrics/explained-scores.ts';
export {
  type ClassMetric,
  type LearningTask,
  learningTasks,
  type Metric,
  type MetricDirection,
  type NumberMetric,
  type TargetRange,
} from './metrics/metric.ts';
export {
  metricOf,
  metrics,
  metricsOf,
  type PrimaryMetric,
  primaryMetrics,
} from './metrics/metrics.ts';
export { spearmanCorrelation } from './metrics/rank-correlation.ts';
export type { MetricOptions } from './metrics/regression-inputs.ts';
export {
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
export { GroupKFold } from './split/group-k-fold.ts';
export { KFold, RepeatedKFold } from './split/k-fold.ts';
export { RepeatedStratifiedKFold, StratifiedKFold } from './split/stratified-k-fold.ts';
export { TimeSeriesSplit, type TimeSeriesSplitOptions } from './split/time-series-split.ts';
export {
  type TrainTestSplit,
  type TrainTestSplitOptions,
  trainTestSplit,
} from './split/train-test-split.ts';
export { ensembleImportances, type ImportanceKind } from './tree/feature-importances.ts';
export {
  FittedTreeClassifier,
  FittedTreeRegressor,
  type TreeTraining,
} from './tree/fitted-tree-models.ts';
export { predictRaw } from './tree/predict-raw.ts';
export type { Tree, TreeEnsemble } from './tree/tree.ts';
export type { ClassificationLink, RegressionLink } from './tree/tree-link.ts';
