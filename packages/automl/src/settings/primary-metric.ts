// The metric that steers the search: any of the task's metrics with a direction, Azure's primary ones
// first. What a metric is, learn says.

import { LearnError, type Metric, metricOf, metricsOf, primaryMetrics } from '@ridgeline/learn';
import { didYouMean } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';
import type { Problem } from '../problem/problem.ts';

export interface ResolvedMetric {
  readonly metric: Metric;
  readonly name: string;
  readonly direction: 'minimize' | 'maximize';
}

const problemTasks = ['regression', 'classification'] as const;

/** @param name in any case; null: the task's default. @throws AutoMLError METRIC_UNKNOWN. */
export function resolveMetric(task: Problem['task'], name: string | null): ResolvedMetric {
  const metric = found(task, name ?? primaryMetrics(task)[0].name);
  if (metric.direction !== null) return { metric, name: metric.name, direction: metric.direction };
  throw new AutoMLError(
    'METRIC_UNKNOWN',
    `the metric ${metric.name} describes data and is neither better nor worse: it cannot steer a search; ` +
      `choose one of ${primaryMetrics(task)
        .map((each) => each.name)
        .join(', ')}`,
  );
}

/**
 * @param task null: not known yet; the metric of any will do.
 * @throws AutoMLError METRIC_UNKNOWN.
 */
export function assertSteers(task: Problem['task'] | null, name: string | null): void {
  if (task !== null) return void resolveMetric(task, name);
  if (name === null || problemTasks.some((each) => isMetric(each, name))) return;
  const known = problemTasks.flatMap((each) => primaryMetrics(each).map((metric) => metric.name));
  const hint = didYouMean(name, known) || `; there are ${known.join(', ')}`;
  throw new AutoMLError('METRIC_UNKNOWN', `'${name.slice(0, 100)}' is no metric${hint}`);
}

function isMetric(task: Problem['task'], name: string): boolean {
  const names = metricsOf(task).flatMap((metric) => [metric.name, ...metric.aliases]);
  return names.some((known) => known.toLowerCase() === name.toLowerCase());
}

/** What is to be made small: the metric's value, or its negative. */
export function lossOf({ direction }: ResolvedMetric, value: number): number {
  if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  return direction === 'minimize' ? value : -value;
}

function found(task: Problem['task'], name: string): Metric {
  try {
    return metricOf(task, name);
  } catch (error) {
    if (!(error instanceof LearnError)) throw error;
    const primary = primaryMetrics(task).map((each) => each.name);
    const hint = didYouMean(name, primary);
    throw new AutoMLError(
      'METRIC_UNKNOWN',
      `'${name.slice(0, 100)}' is no metric of a ${task}${hint || `; Azure's are ${primary.join(', ')}`}`,
    );
  }
}
