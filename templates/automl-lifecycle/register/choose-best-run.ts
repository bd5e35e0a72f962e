// The best run of the AutoML step, by the metrics that it has written: {run id: {metric: [value]}}.

import { readFile } from 'node:fs/promises';
import { LearnError, type Metric, metricOf } from '@ridgeline/learn';
import { ProjectError } from '../shared/project-error.ts';

export type MetricsData = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

export interface BestRun {
  readonly runId: string;
  /** The metric's own name. */
  readonly metric: string;
  readonly value: number;
}

export async function readMetrics(file: string): Promise<MetricsData> {
  try {
    return checked(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `the metrics in ${file} cannot be read: ${reason}`;
    throw new ProjectError('METRICS_INVALID', message, { cause });
  }
}

/**
 * The greatest or the least, as the metric has it (of `r2_score` the greatest, of an error the least);
 * of equals the last one.
 * @throws ProjectError METRIC_NOT_FOUND
 */
export function chooseBestRun(metrics: MetricsData, primaryMetric: string): BestRun {
  const known = knownMetric(primaryMetric);
  const name = known?.name ?? primaryMetric;
  const isGreater = known?.direction === 'maximize';
  let best: BestRun | null = null;
  for (const [runId, values] of Object.entries(metrics)) {
    const value = values[name]?.at(-1);
    if (value === undefined) continue;
    if (best === null || (isGreater ? value >= best.value : value <= best.value)) {
      best = { runId, metric: name, value };
    }
  }
  if (best !== null) return best;
  const there = [...new Set(Object.values(metrics).flatMap((values) => Object.keys(values)))];
  const message = `no run has the metric '${primaryMetric}'; there are ${there.join(', ') || 'none'}`;
  throw new ProjectError('METRIC_NOT_FOUND', message);
}

/** Azure ML's and MLflow's metrics, in any case; null for a metric of one's own. */
function knownMetric(name: string): Metric | null {
  for (const task of ['regression', 'classification'] as const) {
    try {
      return metricOf(task, name);
    } catch (error) {
      if (!(error instanceof LearnError)) throw error;
    }
  }
  return null;
}

function checked(content: unknown): MetricsData {
  const runs = typeof content === 'object' && content !== null ? Object.values(content) : null;
  const isRight = runs?.every((values) => Object.values(Object(values)).every(isNumbers));
  if (isRight === true) return content as MetricsData;
  throw new Error('expected {"<run id>": {"<metric>": [<value>]}}');
}

function isNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}
