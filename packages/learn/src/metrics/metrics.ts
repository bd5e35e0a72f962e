// The one table of metrics, of all tasks, as data: names, direction, range, needs and computation;
// and which of them Azure AutoML lets a search be steered by.

import { didYouMean } from '../did-you-mean.ts';
import { LearnError } from '../errors.ts';
import { classMetrics } from './class-metrics.ts';
import type { ClassMetric, LearningTask, Metric, MetricDirection, NumberMetric } from './metric.ts';
import { numberMetrics } from './number-metrics.ts';

/** Every metric, the more telling ones first; `example_count` is in it once a kind of task. */
export const metrics: readonly Metric[] = [...numberMetrics, ...classMetrics];

export interface PrimaryMetric {
  readonly name: string;
  readonly direction: MetricDirection;
}

// The first of each is the default.
const primaryNames: Readonly<Record<LearningTask, readonly string[]>> = {
  regression: [
    'normalized_root_mean_squared_error',
    'r2_score',
    'normalized_mean_absolute_error',
    'spearman_correlation',
  ],
  classification: [
    'accuracy',
    'auc_weighted',
    'average_precision_score_weighted',
    'norm_macro_recall',
    'precision_score_weighted',
  ],
  forecasting: [
    'normalized_root_mean_squared_error',
    'r2_score',
    'normalized_mean_absolute_error',
    'spearman_correlation',
  ],
};

/** The metrics that Azure AutoML steers a search of this task by; the first is the default. */
export function primaryMetrics(task: LearningTask): readonly PrimaryMetric[] {
  return primaryNames[task].map((name) => {
    const { direction } = metricOf(task, name);
    return { name, direction: direction ?? 'maximize' };
  });
}

export function metricsOf(task: 'classification'): readonly ClassMetric[];
export function metricsOf(task: 'regression' | 'forecasting'): readonly NumberMetric[];
export function metricsOf(task: LearningTask): readonly Metric[];
export function metricsOf(task: LearningTask): readonly Metric[] {
  return task === 'classification' ? classMetrics : numberMetrics;
}

/**
 * A metric of this task by its name or an alias, in any case: `AUC_weighted` is `auc_weighted`.
 * @throws LearnError METRIC_UNKNOWN.
 */
export function metricOf(task: 'classification', name: string): ClassMetric;
export function metricOf(task: 'regression' | 'forecasting', name: string): NumberMetric;
export function metricOf(task: LearningTask, name: string): Metric;
export function metricOf(task: LearningTask, name: string): Metric {
  const meant = name.toLowerCase();
  const rows = metricsOf(task);
  const names = (row: Metric) => [row.name, ...row.aliases].map((known) => known.toLowerCase());
  const found = rows.find((row) => names(row).includes(meant));
  if (found !== undefined) return found;
  const known = rows.map((row) => row.name);
  const hint = didYouMean(meant, known) || `; known are ${known.join(', ')}`;
  throw new LearnError(
    'METRIC_UNKNOWN',
    `there is no metric '${name.slice(0, 100)}' of a ${task}${hint}`,
  );
}
