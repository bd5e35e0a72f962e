// Gathers the points that runs log, so that a run which logs thousands a second is told of a few
// times a second. Of what does not fit only the last point of each key is kept. What was measured on a
// logged model is gathered apart, as who shows the model wants no other.
import type { Metric } from '../runs/run.ts';
import type { MeasuredMetric, MetricsChange, ToldMetric } from './change.ts';

/** Between two changes of one run. */
const windowMs = 200;
/** Of one change. */
const maxPoints = 50;

interface Window {
  count: number;
  /** All points, until they are too many. */
  points: Metric[] | null;
  readonly latest: Map<string, Metric>;
}

export class MetricWindows {
  readonly #tell: (change: MetricsChange) => void;
  /** By run, then by logged model; of no model under undefined. */
  readonly #windows = new Map<string, Map<string | undefined, Window>>();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: (change: MetricsChange) => void) {
    this.#tell = tell;
  }

  add(runId: string, metrics: readonly MeasuredMetric[]): void {
    const windows = this.#windows.getOrInsertComputed(runId, () => new Map());
    for (const metric of metrics) {
      note(windows.getOrInsertComputed(metric.modelId || undefined, newWindow), metric);
    }
    this.#timer ??= setTimeout(() => this.flushAll(), windowMs).unref();
  }

  /** Tells now what a run has logged so far: before what is to be told after it. */
  flush(runId: string): void {
    const windows = this.#windows.get(runId);
    if (windows === undefined) return;
    this.#windows.delete(runId);
    for (const [modelId, { count, points, latest }] of windows) {
      const metrics = (points ?? [...latest.values()]).map(toldMetric);
      this.#tell({ kind: 'metrics', runId, ...(modelId && { modelId }), count, metrics });
    }
  }

  flushAll(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const runId of [...this.#windows.keys()]) this.flush(runId);
  }
}

function newWindow(): Window {
  return { count: 0, points: [], latest: new Map() };
}

function note(window: Window, metric: Metric): void {
  window.count += 1;
  if (window.points !== null && window.points.length < maxPoints) window.points.push(metric);
  else window.points = null;
  const { latest } = window;
  if (latest.size < maxPoints || latest.has(metric.key)) latest.set(metric.key, metric);
}

function toldMetric({ key, value, timestamp, step }: Metric): ToldMetric {
  return { key, value: toldValue(value), timestamp, step };
}

function toldValue(value: number): ToldMetric['value'] {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}
