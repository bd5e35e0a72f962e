// The settings of automated machine learning that all its tasks share, and those of forecasting.
import { boolean, string } from './common-schemas.ts';
import type { ListSchema, ObjectSchema, Schema, StringSchema } from './schema-types.ts';

export const minutes: Schema = { kind: 'integer', minimum: 1, maximum: 525_600 };

export const count: Schema = { kind: 'integer', minimum: 1, maximum: 10_000 };

export const fraction: Schema = { kind: 'number', minimum: 0, maximum: 1 };

const autoOrCount: Schema = { kind: 'integer', minimum: 1, maximum: 100_000, orWords: ['auto'] };

export const word = (...allowed: readonly string[]): StringSchema => ({
  kind: 'string',
  allowed,
  anyCase: true,
});

export const texts = (of: string): ListSchema => ({
  kind: 'list',
  of,
  items: string,
  mayBeOne: true,
  mayBeEmpty: true,
});

export const limits: ObjectSchema = {
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

export const featurization: ObjectSchema = {
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

export const forecasting: ObjectSchema = {
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
