// Automated machine learning on tables: Azure ML's keys for regression, classification and
// forecasting. Tasks on images and text are refused by name.
import type { AutoMLTask } from '../job/automl-types.ts';
import {
  featurization,
  forecasting,
  fraction,
  limits,
  texts,
  word,
} from './automl-settings-schema.ts';
import { classifiers, forecasters, regressors, training } from './automl-training-schema.ts';
import { notBuilt, resources, string } from './common-schemas.ts';
import { inputSchema } from './port-schemas.ts';
import type { ExpressionUse, Schema, VariantSchema } from './schema-types.ts';

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

/** Of all tasks. */
export const primaryMetrics = [...regressionMetrics, ...classificationMetrics];

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

/** What a search for this task may be steered by. */
export function primaryMetricsOf(task: AutoMLTask): readonly string[] {
  return tasks[task].metrics;
}

/**
 * `shared`: the keys of the place where it stands: a job or a step. `data`: whether inputs, and the
 * primary metric, may be bound there.
 */
export function automlSchema(
  shared: Readonly<Record<string, Schema>>,
  data: ExpressionUse,
): VariantSchema {
  const variants = Object.entries(tasks).map(([task, { title, metrics, algorithms, keys }]) => {
    const own: Readonly<Record<string, Schema>> = {
      ...shared,
      type: string,
      task: string,
      primary_metric: { ...word(...metrics), expressions: data },
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
