// One score for all systems, by our metrics: RMSE for a regression, AUC for two classes, log loss
// for more.

import { evaluateClassification, evaluateRegression, Matrix } from '@ridgeline/learn';
import type { DataSet, Split } from './split.ts';
import type { Predictions } from './systems.ts';

export interface Result {
  readonly system: string;
  readonly dataSet: string;
  /** Seconds. */
  readonly budget: number;
  readonly seed: number;
  /** Null where the system failed. */
  readonly score: number | null;
  /** Of the whole process. */
  readonly seconds: number;
  readonly error: string | null;
}

export const metricOfTask = {
  regression: 'root_mean_squared_error',
  binary: 'auc_weighted',
  multiclass: 'log_loss',
} as const;

/** Whether `a` beats `b`. */
export function isBetter(task: DataSet['task'], a: number, b: number): boolean {
  return task === 'binary' ? a > b : a < b;
}

export function scoreOf(dataSet: DataSet, split: Split, predictions: Predictions): number | null {
  if (predictions.rows.length !== split.truth.length) return null;
  if (!predictions.rows.every((row) => row.every(Number.isFinite))) return null;
  const name = metricOfTask[dataSet.task];
  const values =
    dataSet.task === 'regression'
      ? evaluateRegression(
          split.truth.map(Number),
          predictions.rows.map(([value]) => value ?? Number.NaN),
          { only: [name] },
        )
      : evaluateClassification(split.truth, probabilities(split, predictions), split.classes, {
          only: [name],
        });
  return [...values.values()][0] ?? null;
}

/** A class that a system never saw has probability 0; the others are scaled to sum to 1. */
function probabilities({ classes }: Split, { columns, rows }: Predictions): Matrix {
  const values = new Float64Array(rows.length * classes.length);
  const places = classes.map((name) => columns.indexOf(name));
  rows.forEach((row, i) => {
    const sum = row.reduce((total, value) => total + value, 0);
    places.forEach((place, j) => {
      values[i * classes.length + j] = place === -1 ? 0 : (row[place] ?? 0) / sum;
    });
  });
  return new Matrix(rows.length, classes.length, values);
}
