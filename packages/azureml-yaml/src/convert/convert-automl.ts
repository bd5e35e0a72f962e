// Automated machine learning: the settings as plain, typed data. Its data become inputs, which its
// caller converts.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import {
  type AutoMLFeaturization,
  type AutoMLFields,
  type AutoMLForecasting,
  type AutoMLLimits,
  type AutoMLTraining,
  autoMLTasks,
} from '../job/automl-types.ts';
import { primaryMetrics } from '../schema/automl-schema.ts';
import { classifiers, forecasters, regressors } from '../schema/automl-training-schema.ts';
import { foldWord } from '../schema/fold-word.ts';
import type { MapEntry, Token } from '../text/token.ts';
import { literalOf, oneOf } from './convert-input.ts';
import type { FileScope } from './file-scope.ts';
import {
  booleanAt,
  entriesAt,
  mapAt,
  numberAt,
  stringAt,
  textAt,
  textMapAt,
  valueAt,
} from './read-token.ts';

/** What data is taken for where it is only a path. */
export const autoMLTable = { type: 'mltable', mode: null } as const;

/** The key that may be bound to a parameter of the pipeline, and then the input's name. */
export const autoMLMetric = 'primary_metric';

/** The keys that hold data, and the inputs' names. */
export const autoMLData = ['training_data', 'validation_data', 'test_data'] as const;

export function convertAutoML(token: Token, sink: DiagnosticSink): AutoMLFields {
  const task = oneOf(autoMLTasks, wordAt(token, 'task')) ?? 'regression';
  checkSplits(token, sink);
  return {
    task,
    primaryMetric: metricAt(token),
    targetColumn: stringAt(token, 'target_column_name') ?? '',
    trainingData: 'training_data',
    validationData: present(token, 'validation_data'),
    testData: present(token, 'test_data'),
    validationDataSize: numberAt(token, 'validation_data_size'),
    testDataSize: numberAt(token, 'test_data_size'),
    nCrossValidations: autoOrNumberAt(token, 'n_cross_validations'),
    cvSplitColumnNames: textsAt(token, 'cv_split_column_names'),
    weightColumn: stringAt(token, 'weight_column_name'),
    positiveLabel: textAt(token, 'positive_label'),
    logVerbosity: wordAt(token, 'log_verbosity'),
    limits: convertLimits(mapAt(token, 'limits')),
    training: convertTraining(mapAt(token, 'training')),
    featurization: convertFeaturization(mapAt(token, 'featurization')),
    forecasting: task === 'forecasting' ? convertForecasting(mapAt(token, 'forecasting')) : null,
  };
}

function convertLimits(map: Token | null): AutoMLLimits {
  return {
    maxTrials: numberAt(map, 'max_trials'),
    maxConcurrentTrials: numberAt(map, 'max_concurrent_trials'),
    maxCoresPerTrial: numberAt(map, 'max_cores_per_trial'),
    timeoutMinutes: numberAt(map, 'timeout_minutes'),
    trialTimeoutMinutes: numberAt(map, 'trial_timeout_minutes'),
    exitScore: numberAt(map, 'exit_score'),
    enableEarlyTermination: booleanAt(map, 'enable_early_termination'),
  };
}

function convertTraining(map: Token | null): AutoMLTraining {
  return {
    allowedAlgorithms: algorithmsAt(map, 'allowed_training_algorithms'),
    blockedAlgorithms: algorithmsAt(map, 'blocked_training_algorithms'),
    enableStackEnsemble: booleanAt(map, 'enable_stack_ensemble'),
    enableVoteEnsemble: booleanAt(map, 'enable_vote_ensemble'),
    enableModelExplainability: booleanAt(map, 'enable_model_explainability'),
    enableDnnTraining: booleanAt(map, 'enable_dnn_training'),
    enableOnnxCompatibleModels: booleanAt(map, 'enable_onnx_compatible_models'),
    ensembleModelDownloadTimeoutMinutes:
      numberAt(map, 'ensemble_model_download_timeout_minutes') ??
      numberAt(map, 'ensemble_model_download_timeout'),
    stackEnsembleTrainKPercentage: numberAt(
      mapAt(map, 'stack_ensemble_settings'),
      'stack_meta_learner_train_percentage',
    ),
  };
}

const algorithms = [...regressors, ...classifiers, ...forecasters];

function metricAt(token: Token): string | null {
  const metric = stringAt(token, autoMLMetric);
  if (metric === null || metric.includes('${{')) return null;
  return foldWord(metric, primaryMetrics);
}

function algorithmsAt(map: Token | null, key: string): string[] | null {
  if (valueAt(map, key) === null) return null;
  return textsAt(map, key).map((name) => foldWord(name, algorithms));
}

function convertFeaturization(map: Token | null): AutoMLFeaturization {
  const params = [...entriesAt(map, 'transformer_params').values()];
  return {
    mode: oneOf(['auto', 'off', 'custom'], wordAt(map, 'mode')) ?? 'auto',
    datasetLanguage: stringAt(map, 'dataset_language'),
    blockedTransformers: textsAt(map, 'blocked_transformers'),
    columnNameAndTypes: textMapAt(map, 'column_name_and_types'),
    dropColumns: textsAt(map, 'drop_columns'),
    transformerParams: new Map(params.map(({ key, value }) => [key, transformersOf(value)])),
    enableDnnFeaturization: booleanAt(map, 'enable_dnn_featurization'),
  };
}

function transformersOf(token: Token) {
  if (token.kind !== 'list') return [];
  return token.items.map((item) => ({
    fields: textsAt(item, 'fields'),
    parameters: Object.fromEntries(
      [...entriesAt(item, 'parameters').values()].flatMap(({ key, value }) => {
        const literal = literalOf(value);
        return literal === null ? [] : [[key, literal]];
      }),
    ),
  }));
}

function convertForecasting(map: Token | null): AutoMLForecasting {
  const stl = wordAt(map, 'use_stl');
  return {
    timeColumnName: stringAt(map, 'time_column_name') ?? '',
    forecastHorizon: autoOrNumberAt(map, 'forecast_horizon'),
    timeSeriesIdColumnNames: textsAt(map, 'time_series_id_column_names'),
    frequency: stringAt(map, 'frequency'),
    targetLags: lagsAt(map),
    targetRollingWindowSize: autoOrNumberAt(map, 'target_rolling_window_size'),
    seasonality: autoOrNumberAt(map, 'seasonality'),
    countryOrRegionForHolidays: stringAt(map, 'country_or_region_for_holidays'),
    featureLags: oneOf(['auto', 'none'], wordAt(map, 'feature_lags')),
    shortSeriesHandling: oneOf(
      ['auto', 'pad', 'drop', 'none'],
      wordAt(map, 'short_series_handling_config'),
    ),
    useStl: oneOf(['season', 'season_trend'], stl === 'seasontrend' ? 'season_trend' : stl),
    targetAggregateFunction: oneOf(
      ['sum', 'max', 'min', 'mean', 'none'],
      wordAt(map, 'target_aggregate_function'),
    ),
    cvStepSize: autoOrNumberAt(map, 'cv_step_size'),
    unknownFeatures: textsAt(map, 'features_unknown_at_forecast_time'),
  };
}

function lagsAt(map: Token | null): number[] | 'auto' | null {
  const token = valueAt(map, 'target_lags');
  if (token === null) return null;
  const values = (token.kind === 'list' ? token.items : [token]).map(literalOf);
  if (values.some((value) => typeof value === 'string')) return 'auto';
  return values.filter((value) => typeof value === 'number');
}

function autoOrNumberAt(map: Token | null, key: string): number | 'auto' | null {
  return wordAt(map, key) === 'auto' ? 'auto' : numberAt(map, key);
}

function textsAt(map: Token | null, key: string): string[] {
  const token = valueAt(map, key);
  if (token === null) return [];
  const items = token.kind === 'list' ? token.items : [token];
  return items.map(literalOf).filter((value) => typeof value === 'string');
}

/** A word of Azure ML's own, in whatever case it stands. */
function wordAt(map: Token | null, key: string): string | null {
  return stringAt(map, key)?.toLowerCase() ?? null;
}

function present(map: Token | null, key: (typeof autoMLData)[number]): string | null {
  return valueAt(map, key) === null ? null : key;
}

/** Data of its own, and a part of the training data, are two answers to one question. */
function checkSplits(token: Token, sink: DiagnosticSink): void {
  if (token.kind !== 'map') return;
  const pairs = [
    ['validation_data', 'validation_data_size'],
    ['validation_data', 'n_cross_validations'],
    ['test_data', 'test_data_size'],
  ] as const;
  for (const [data, size] of pairs) {
    const entry = token.entries.get(size);
    if (entry === undefined || !token.entries.has(data)) continue;
    const message = `'${size}' stands beside '${data}', which it takes the place of; remove one of them`;
    sink.report('KEY_CONFLICT', entry.keyOffset, message);
  }
}

export function reportNoTable({ key, value }: MapEntry, { sink }: FileScope): void {
  const message = `'${key}' must be data; write its path, or a mapping with 'type: mltable' and 'path'`;
  sink.report('VALUE_WRONG_TYPE', value.offset, message);
}
