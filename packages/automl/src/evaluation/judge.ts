// Judges predictions for the rows held out: by the primary metric, which steers, and by all metrics,
// which are told. Predictions are flat: row i's outputs are at `i * outputs`.
import {
  evaluateClassification,
  evaluateRegression,
  Matrix,
  type TargetRange,
} from '@ridgeline/learn';
import type { Problem } from '../problem/problem.ts';
import { lossOf, type ResolvedMetric } from '../settings/primary-metric.ts';

export type Predictions = Float32Array | Float64Array;

export class Judge {
  readonly metric: ResolvedMetric;
  /** Values of one prediction: classes, or 1. */
  readonly outputs: number;
  readonly #problem: Problem;
  readonly #range: TargetRange;
  readonly #positive: number | null;

  /** @param positive code of the class that binary metrics are about; null: the default. */
  constructor(problem: Problem, metric: ResolvedMetric, positive: number | null) {
    this.metric = metric;
    this.outputs = problem.classes?.length ?? 1;
    this.#problem = problem;
    this.#range = rangeOf(problem.target);
    this.#positive = positive;
  }

  /** Lower is better; infinite where the metric has no value. */
  loss(rows: Int32Array, predictions: Predictions): number {
    return lossOf(this.metric, this.#evaluate(rows, predictions, [this.metric.name]));
  }

  /** The primary metric's value. */
  score(rows: Int32Array, predictions: Predictions): number {
    return this.#evaluate(rows, predictions, [this.metric.name]);
  }

  /** All metrics of the task that have a value for these rows. */
  metrics(rows: Int32Array, predictions: Predictions): Map<string, number> {
    const values = this.#values(rows, predictions);
    for (const [name, value] of values) if (!Number.isFinite(value)) values.delete(name);
    return values;
  }

  #evaluate(rows: Int32Array, predictions: Predictions, only: readonly string[]): number {
    return this.#values(rows, predictions, only).get(only[0]) ?? Number.NaN;
  }

  #values(rows: Int32Array, predictions: Predictions, only?: readonly string[]) {
    const { task, target, metricWeights } = this.#problem;
    const truth = taken(target, rows);
    const weights = metricWeights === null ? undefined : taken(metricWeights, rows);
    const options = { ...(only && { only }), ...(weights && hasWeight(weights) && { weights }) };
    if (task === 'regression') {
      const trainRange = this.#range;
      return evaluateRegression(truth, predictions, { ...options, trainRange });
    }
    const codes = Array.from({ length: this.outputs }, (_, code) => code);
    const matrix = new Matrix(rows.length, this.outputs, normalized(predictions, this.outputs));
    const positive = this.#positive === null ? {} : { positiveLabel: this.#positive };
    return evaluateClassification(truth, matrix, codes, { ...options, ...positive });
  }
}

export function taken(values: Float64Array, rows: Int32Array): Float64Array {
  const chosen = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) chosen[i] = values[rows[i]];
  return chosen;
}

/** Each row divided by its sum, as float32 loses what the metrics check. */
function normalized(predictions: Predictions, outputs: number): Float64Array {
  const values = Float64Array.from(predictions);
  for (let start = 0; start < values.length; start += outputs) {
    let sum = 0;
    for (let k = 0; k < outputs; k++) sum += values[start + k];
    for (let k = 0; k < outputs; k++) values[start + k] /= sum;
  }
  return values;
}

function hasWeight(weights: Float64Array): boolean {
  return weights.some((weight) => weight > 0);
}

function rangeOf(values: Float64Array): TargetRange {
  let min = values[0];
  let max = values[0];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}
