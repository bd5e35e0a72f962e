export { type BinOptions, binAlike, binFeatures } from './boosting/bin-mapper.ts';
export type { BinnedFeature, BinnedFeatures } from './boosting/binned-features.ts';
export { type BoostingFit, type BoostingOptions, fitBoosting } from './boosting/boosting-loop.ts';
export {
  type BoostingParameters,
  gradientBoostingClassifierParameters,
  gradientBoostingRegressorParameters,
} from './boosting/boosting-parameters.ts';
export type { BinnedRows } from './boosting/fit-data.ts';
export {
  GradientBoostingClassifier,
  type GradientBoostingClassifierParameters,
} from './boosting/gradient-boosting-classifier.ts';
export {
  GradientBoostingRegressor,
  type GradientBoostingRegressorParameters,
} from './boosting/gradient-boosting-regressor.ts';
export { type BlendMember, BlendParts, bag, blend } from './compose/blend.ts';
export { CalibrationParts, calibrated } from './compose/calibration.ts';
export {
  type Calibration,
  calibrate,
  fitPlatt,
  fitTemperature,
} from './compose/calibration-methods.ts';
export {
  CompositeClassifier,
  type CompositeParts,
  CompositeRegressor,
} from './compose/composite-model.ts';
export { Pipeline } from './compose/pipeline.ts';
export { PipelineParts } from './compose/pipeline-parts.ts';
export { StackParts, stack, stackFeatures } from './compose/stack.ts';
export {
  type TargetTransform,
  type TargetTransformKind,
  targetTransformKinds,
} from './compose/target-transform.ts';
export { TransformedTarget, TransformedTargetParts } from './compose/transformed-target.ts';
export type { CurveOptions } from './curves/binary-inputs.ts';
export {
  type CalibrationCurve,
  type CalibrationOptions,
  calibrationCurve,
} from './curves/calibration-curve.ts';
export { type ConfusionMatrix, confusionMatrix, shareOfClass } from './curves/confusion-matrix.ts';
export { type LiftOptions, type LiftPoint, liftAndGain } from './curves/lift-and-gain.ts';
export {
  type PrecisionRecallCurve,
  precisionRecallCurve,
} from './curves/precision-recall-curve.ts';
export {
  type PredictedVsTrueBin,
  predictedVsTrue,
  type ResidualHistogram,
  residualHistogram,
} from './curves/residual-histogram.ts';
export { type RocCurve, type RocOptions, rocCurve } from './curves/roc-curve.ts';
export type { ColumnEncoding } from './encode/column-encoding.ts';
export { type ColumnPurpose, type ColumnReport, columnPurposes } from './encode/column-purpose.ts';
export {
  type EncoderParameters,
  encoderParameters,
  type TableEncoderOptions,
} from './encode/encoder-options.ts';
export { type EncodableTable, FittedTableEncoder } from './encode/fitted-table-encoder.ts';
export type { EncodedFeature, InputColumn } from './encode/input-column.ts';
export { contradictoryDates } from './encode/judge-texts.ts';
export { readTableEncoder } from './encode/read-table-encoder.ts';
export { TableEncoder } from './encode/table-encoder.ts';
export { LearnError, type LearnErrorCode } from './errors.ts';
export type {
  Classifier,
  ClassifierFitOptions,
  FitOptions,
  FittedClassifier,
  FittedModel,
  FittedRegressor,
  Label,
  ModelJson,
  Parameters,
  Regressor,
} from './estimator/estimator.ts';
export type {
  ClassifierEntry,
  EstimatorEntry,
  RegressorEntry,
} from './estimator/estimator-entry.ts';
export { estimatorEntry, estimators } from './estimator/estimators.ts';
export { type EncodedLabels, encodeLabels, mostProbable } from './estimator/label-codes.ts';
export { readModel } from './estimator/read-model.ts';
export { outputCountOf, type RowPredictor, rowPredictor } from './estimator/row-predictor.ts';
export { checkedWeights } from './estimator/sample-weight.ts';
export type { TeamSession, ThreadTeam } from './estimator/thread-team.ts';
export {
  ExponentialSmoothing,
  type ExponentialSmoothingParameters,
  exponentialSmoothingParameters,
  FittedExponentialSmoothing,
} from './forecasting/exponential-smoothing.ts';
export {
  type FitForecastOptions,
  ForecastModel,
  type ForecastModelFields,
  fitForecast,
} from './forecasting/forecast-model.ts';
export {
  type ForecasterSpec,
  ForecastFitStopped,
  type LearnedSpec,
} from './forecasting/forecaster.ts';
export { type GridRows, gridRowsOf, gridSeriesOf } from './forecasting/grid-series.ts';
export {
  type PastFeatures,
  pastFeatures,
  type RollingStatistic,
  rollingStatistics,
} from './forecasting/lag-features.ts';
export { readForecastModel } from './forecasting/read-forecast-model.ts';
export { type RollingOriginOptions, rollingOriginSplits } from './forecasting/rolling-origin.ts';
export { seasonalNaive } from './forecasting/seasonal-naive.ts';
export {
  keyOf,
  plainKey,
  type SeriesColumns,
  type SeriesRows,
  seriesRowsOf,
  type TimeReading,
  timeReadingOf,
} from './forecasting/series-rows.ts';
export { calendarSeasons, type TimeGrid, timeOfStep } from './forecasting/time-grid.ts';
export { seriesOf, type TimeSeries } from './forecasting/time-series.ts';
export {
  DecisionTreeClassifier,
  type DecisionTreeClassifierParameters,
  DecisionTreeRegressor,
  type DecisionTreeRegressorParameters,
  decisionTreeClassification,
  decisionTreeRegression,
} from './forest/decision-tree.ts';
export {
  ExtraTreesClassifier,
  type ExtraTreesClassifierParameters,
  ExtraTreesRegressor,
  type ExtraTreesRegressorParameters,
  extraTreesClassification,
  extraTreesRegression,
} from './forest/extra-trees.ts';
export {
  type ForestKind,
  planClassificationForest,
  planRegressionForest,
} from './forest/fit-forest.ts';
export { forestEnsemble, type GrowOptions, growTrees } from './forest/grow-forest.ts';
export type { ForestPlan } from './forest/prepare-forest.ts';
export {
  RandomForestClassifier,
  type RandomForestClassifierParameters,
  RandomForestRegressor,
  type RandomForestRegressorParameters,
  randomForestClassification,
  randomForestRegression,
} from './forest/random-forest.ts';
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
export { meanAbsoluteShap, type TreeShap, treeShap } from './inspection/tree-shap.ts';
export { type KernelBackend, kernelBackend } from './kernels/load-kernel.ts';
export { ElasticNet, type ElasticNetParameters } from './linear/elastic-net.ts';
export { FittedLinearModel } from './linear/fitted-linear-model.ts';
export { FittedLogisticRegression } from './linear/fitted-logistic-regression.ts';
export { Lasso, type LassoParameters } from './linear/lasso.ts';
export type { LinearModelJson } from './linear/linear-model-json.ts';
export {
  type LinearEstimatorName,
  linearEstimatorParameters,
  linearRegressionParameters,
  ridgeParameters,
} from './linear/linear-parameters.ts';
export { LinearRegression, type LinearRegressionParameters } from './linear/linear-regression.ts';
export {
  LogisticRegression,
  type LogisticRegressionParameters,
} from './linear/logistic-regression.ts';
export { Ridge, type RidgeParameters } from './linear/ridge.ts';
export { logisticLoss, softmaxLoss } from './loss/classification-losses.ts';
export type { Loss } from './loss/loss.ts';
export {
  absoluteLoss,
  pinballLoss,
  poissonLoss,
  squaredLoss,
} from './loss/regression-losses.ts';
export {
  asFeatureMatrix,
  asMatrix,
  type CategoricalFeature,
  type FeatureColumn,
  FeatureMatrix,
  type Features,
  type NumericFeature,
} from './matrix/feature-matrix.ts';
export { type FeatureSchema, schemaOf } from './matrix/feature-schema.ts';
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
export { DummyClassifier, type DummyClassifierParameters } from './naive/dummy-classifier.ts';
export { DummyRegressor, type DummyRegressorParameters } from './naive/dummy-regressor.ts';
export { FittedDummyClassifier } from './naive/fitted-dummy-classifier.ts';
export { FittedDummyRegressor } from './naive/fitted-dummy-regressor.ts';
export { FittedKNeighborsClassifier } from './neighbors/fitted-k-neighbors-classifier.ts';
export { FittedKNeighborsRegressor } from './neighbors/fitted-k-neighbors-regressor.ts';
export { KNeighborsClassifier } from './neighbors/k-neighbors-classifier.ts';
export {
  type KNeighborsParameters,
  KNeighborsRegressor,
} from './neighbors/k-neighbors-regressor.ts';
export type { DenseLayer } from './neural/dense-layers.ts';
export { FittedMlpClassifier } from './neural/fitted-mlp-classifier.ts';
export { FittedMlpRegressor } from './neural/fitted-mlp-regressor.ts';
export { MLPClassifier } from './neural/mlp-classifier.ts';
export { MLPRegressor, type MlpParameters } from './neural/mlp-regressor.ts';
export {
  type ExportableModel,
  type ExportedOnnx,
  type ExportOnnxOptions,
  exportOnnx,
  type OnnxExport,
} from './onnx/export-onnx.ts';
export type {
  BooleanParameter,
  NumberParameter,
  ParameterSpec,
  ParameterSpecs,
  ParameterValues,
} from './parameter/parameter-spec.ts';
export { ColumnSelector } from './preprocess/column-selector.ts';
export { FittedColumns } from './preprocess/fitted-columns.ts';
export { Imputer } from './preprocess/imputer.ts';
export type { ColumnMap } from './preprocess/maps/column-map.ts';
export { OneHotEncoder } from './preprocess/one-hot-encoder.ts';
export { QuantileTransformer } from './preprocess/quantile-transformer.ts';
export { MinMaxScaler, RobustScaler, StandardScaler } from './preprocess/scalers.ts';
export {
  LogTransformer,
  MissingIndicator,
  OrdinalEncoder,
} from './preprocess/simple-transformers.ts';
export { TargetEncoder } from './preprocess/target-encoder.ts';
export type { FittedTransformer, Transformer } from './preprocess/transformer.ts';
export type { TransformerEntry } from './preprocess/transformer-entry.ts';
export { readTransformer, transformerEntry, transformers } from './preprocess/transformers.ts';
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
export { readTabularModel } from './tabular-model/read-tabular-model.ts';
export {
  TabularModel,
  type TabularModelFields,
  type TabularTask,
  tabularTasks,
} from './tabular-model/tabular-model.ts';
export { compileEnsemble } from './tree/compiled-ensemble.ts';
export type { EnsemblePredictor } from './tree/ensemble-predictor.ts';
export { ensembleImportances, type ImportanceKind } from './tree/feature-importances.ts';
export {
  FittedTreeClassifier,
  FittedTreeRegressor,
  type TreeTraining,
} from './tree/fitted-tree-models.ts';
export { predictRaw } from './tree/predict-raw.ts';
export type { Tree, TreeEnsemble } from './tree/tree.ts';
export type { ClassificationLink, RegressionLink } from './tree/tree-link.ts';
