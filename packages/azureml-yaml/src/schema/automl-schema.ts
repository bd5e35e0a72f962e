// Automated machine learning on tables: Azure ML's keys for regression, classification and
// forecasting. Tasks on images and text are refused by name.
import type { AutoMLTask } from '../job/automl-types.ts';
import { boolean, notBuilt, resources, string } from './common-schemas.ts';
import { inputSchema } from './port-schemas.ts';
import type {
  ExpressionUse,
  ListSchema,
  ObjectSchema,
  Schema,
  VariantSchema,
} from './schema-types.ts';

const minutes: Schema = { kind: 'integer', minimum: 1, maximum: 525_600 };
const count: Schema = { kind: 'integer', minimum: 1, maximum: 10_000 };
const fraction: Schema = { kind: 'number', minimum: 0, maximum: 1 };
const autoOrCount: Schema = { kind: 'integer', minimum: 1, maximum: 100_000, orWords: ['auto'] };
const word = (...allowed: readonly string[]): Schema => ({
  kind: 'string',
  allowed,
  anyCase: true,
});
const texts = (of: string): ListSchema => ({
  kind: 'list',
  of,
  items: string,
  mayBeOne: true,
  mayBeEmpty: true,
});

const limits: ObjectSchema = {
  kind: 'object',
  title: 'limits of automated ML',
  keys: {
    max_trials: count,
    max_concurrent_trials: count,
    max_cores_per_trial: { kind: 'integer', minimum: -1 },
    max_nodes: { kind: 'integer', noEffect: 'steps run on one machine' },
    timeout_minutes: minutes,
    trial_timeout_minutes: minutes,
    exit_score: { kind: 'number' },
    enable_early_termination: boolean,
  },
};

const regressors = [
  'elastic_net',
  'gradient_boosting',
  'decision_tree',
  'knn',
  'lasso_lars',
  'sgd',
  'random_forest',
  'extreme_random_trees',
  'light_gbm',
  'xgboost_regressor',
] as const;
const classifiers = [
  'logistic_regression',
  'sgd',
  'multinomial_naive_bayes',
  'bernoulli_naive_bayes',
  'svm',
  'linear_svm',
  'knn',
  'decision_tree',
  'random_forest',
  'extreme_random_trees',
  'light_gbm',
  'gradient_boosting',
  'xgboost_classifier',
] as const;
const forecasters = [
  'auto_arima',
  'prophet',
  'naive',
  'seasonal_naive',
  'average',
  'seasonal_average',
  'exponential_smoothing',
  'arimax',
  'tcn_forecaster',
  ...regressors,
] as const;

const regressionMetrics = [
  'spearman_correlation',
  'normalized_root_mean_squared_error',
  'r2_score',
  'normalized_mean_absolute_error',
] as const;
const classificationMetrics = [
  'accuracy',
  'auc_weighted',
  'norm_macro_recall',
  'average_precision_score_weighted',
  'precision_score_weighted',
] as const;

function training(algorithms: readonly string[]): ObjectSchema {
  const names: ListSchema = { kind: 'list', of: 'algorithm', items: word(...algorithms) };
  return {
    kind: 'object',
    title: 'training settings',
    keys: {
      allowed_training_algorithms: names,
      blocked_training_algorithms: { ...names, mayBeEmpty: true },
      enable_dnn_training: boolean,
      enable_model_explainability: boolean,
      enable_onnx_compatible_models: boolean,
      enable_stack_ensemble: boolean,
      enable_vote_ensemble: boolean,
      ensemble_model_download_timeout: minutes,
      ensemble_model_download_timeout_minutes: minutes,
      training_mode: { ...string, noEffect: 'training is on one machine' },
      stack_ensemble_settings: {
        kind: 'object',
        title: 'settings of a stacked ensemble',
        keys: {
          stack_meta_learner_train_percentage: fraction,
          stack_meta_learner_type: { ...string, noEffect: 'the learner is chosen by the data' },
          stack_meta_learner_kwargs: { kind: 'any', noEffect: 'the learner is chosen by the data' },
        },
      },
    },
  };
}

const featurization: ObjectSchema = {
  kind: 'object',
  title: 'featurization settings',
  keys: {
    mode: word('auto', 'off', 'custom'),
    dataset_language: string,
    blocked_transformers: texts('transformer'),
    column_name_and_types: {
      kind: 'names',
      of: 'column',
      rule: 'any',
      values: word('numeric', 'categorical', 'date_time', 'datetime', 'text', 'ignore'),
      mayBeEmpty: true,
    },
    drop_columns: texts('column'),
    transformer_params: {
      kind: 'names',
      of: 'transformer',
      rule: 'any',
      mayBeEmpty: true,
      values: {
        kind: 'list',
        of: 'setting',
        items: {
          kind: 'object',
          title: 'settings of a transformer',
          keys: {
            fields: texts('column'),
            parameters: {
              kind: 'names',
              of: 'parameter',
              rule: 'any',
              values: { kind: 'literal', expressions: 'none' },
              mayBeEmpty: true,
            },
          },
        },
      },
    },
    enable_dnn_featurization: boolean,
  },
};

const forecasting: ObjectSchema = {
  kind: 'object',
  title: 'forecasting settings',
  required: ['time_column_name'],
  keys: {
    time_column_name: string,
    forecast_horizon: autoOrCount,
    time_series_id_column_names: texts('column'),
    frequency: string,
    target_lags: {
      kind: 'list',
      of: 'lag',
      mayBeOne: true,
      items: { kind: 'integer', minimum: 1, maximum: 100_000, orWords: ['auto'] },
    },
    target_rolling_window_size: autoOrCount,
    seasonality: autoOrCount,
    cv_step_size: autoOrCount,
    country_or_region_for_holidays: string,
    feature_lags: word('auto', 'none'),
    short_series_handling_config: word('auto', 'pad', 'drop', 'none'),
    use_stl: word('none', 'season', 'season_trend', 'seasontrend'),
    target_aggregate_function: word('sum', 'max', 'min', 'mean', 'none'),
    features_unknown_at_forecast_time: texts('column'),
  },
};

interface Task {
  readonly title: string;
  readonly metrics: readonly string[];
  readonly algorithms: readonly string[];
  readonly keys: Readonly<Record<string, Schema>>;
}

const tasks: Readonly<Record<AutoMLTask, Task>> = {
  regression: {
    title: 'a regression',
    metrics: regressionMetrics,
    algorithms: regressors,
    keys: {},
  },
  classification: {
    title: 'a classification',
    metrics: classificationMetrics,
    algorithms: classifiers,
    keys: { positive_label: { kind: 'text' } },
  },
  forecasting: {
    title: 'a forecasting',
    metrics: regressionMetrics,
    algorithms: forecasters,
    keys: { forecasting },
  },
};

/** `shared`: the keys of the place where it stands: a job or a step. */
export function automlSchema(
  shared: Readonly<Record<string, Schema>>,
  data: ExpressionUse,
): VariantSchema {
  const variants = Object.entries(tasks).map(([task, { title, metrics, algorithms, keys }]) => {
    const own: Readonly<Record<string, Schema>> = {
      ...shared,
      type: string,
      task: string,
      primary_metric: word(...metrics),
      target_column_name: string,
      training_data: inputSchema(data),
      validation_data: inputSchema(data),
      test_data: inputSchema(data),
      validation_data_size: fraction,
      test_data_size: fraction,
      n_cross_validations: { kind: 'integer', minimum: 2, maximum: 1000, orWords: ['auto'] },
      cv_split_column_names: texts('column'),
      weight_column_name: string,
      log_verbosity: word('not_set', 'debug', 'info', 'warning', 'error', 'critical'),
      limits,
      training: training(algorithms),
      featurization,
      resources,
      ...keys,
    };
    const required = ['task', 'target_column_name', 'training_data'];
    if (task === 'forecasting') required.push('forecasting');
    return [task, { kind: 'object', title, required, keys: own } as const] as const;
  });
  return {
    kind: 'variant',
    title: 'an automated ML task',
    key: 'task',
    fallback: 'regression',
    anyCase: true,
    variants: Object.fromEntries(variants),
    notBuilt: imageAndText,
  };
}

const images = 'images';
const text = 'text';
const imageAndText = {
  image_classification: images,
  image_classification_multilabel: images,
  image_object_detection: images,
  image_instance_segmentation: images,
  text_classification: text,
  text_classification_multilabel: text,
  text_ner: text,
} as const;

/** A search space is for tasks on images and text. */
export const automlNotBuilt = {
  search_space: notBuilt('search spaces of images and text'),
  sweep: notBuilt('sweeps of images and text'),
  training_parameters: notBuilt('parameters of images and text'),
} as const;
