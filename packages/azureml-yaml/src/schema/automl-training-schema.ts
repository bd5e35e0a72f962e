// Which algorithms automated machine learning may use, by their names in Azure ML.

import { fraction, minutes, word } from './automl-settings-schema.ts';
import { boolean, string } from './common-schemas.ts';
import type { ListSchema, ObjectSchema } from './schema-types.ts';

export const regressors = [
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

export const classifiers = [
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

export const forecasters = [
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

export function training(algorithms: readonly string[]): ObjectSchema {
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
