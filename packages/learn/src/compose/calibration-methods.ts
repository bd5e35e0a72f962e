// Corrects probabilities that are too sure or not sure enough: by temperature (Guo et al. 2017) for any
// number of classes, or by Platt's sigmoid (1999), one class against the rest where there are more than
// two. Fit on predictions for rows that the model has not seen.

import type { Label } from '../estimator/estimator.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { fitSigmoid, logit } from './platt-sigmoid.ts';

/** `temperature`: p^(1/T), divided by their sum. `platt`: 1 / (1 + exp(a logit(p) + b)) a class. */
export type Calibration =
  | { readonly method: 'temperature'; readonly temperature: number }
  | {
      readonly method: 'platt';
      /** One a class; of two classes one, which is of the second. */
      readonly a: readonly number[];
      readonly b: readonly number[];
    };

/** The search is over log T. */
const logTemperatureBound = 10;
const goldenShare = (Math.sqrt(5) - 1) / 2;

/**
 * The temperature of the least log loss. The loss is convex in 1 / T, so that golden-section search
 * cannot miss its minimum.
 * @throws LearnError SHAPE_MISMATCH, DATA_LABEL_INVALID.
 */
export function fitTemperature(
  probabilities: Matrix,
  labels: ArrayLike<Label>,
  classes: readonly Label[],
): Calibration {
  const { codes } = encodeLabels(labels, classes, probabilities.rowCount);
  const lossAt = (logT: number) => lossOf(probabilities, codes, Math.exp(logT));
  let low = -logTemperatureBound;
  let high = logTemperatureBound;
  let left = high - goldenShare * (high - low);
  let right = low + goldenShare * (high - low);
  let lossLeft = lossAt(left);
  let lossRight = lossAt(right);
  while (high - low > 1e-7) {
    if (lossLeft <= lossRight) {
      high = right;
      right = left;
      lossRight = lossLeft;
      left = high - goldenShare * (high - low);
      lossLeft = lossAt(left);
    } else {
      low = left;
      left = right;
      lossLeft = lossRight;
      right = low + goldenShare * (high - low);
      lossRight = lossAt(right);
    }
  }
  return { method: 'temperature', temperature: Math.exp((low + high) / 2) };
}

/** @throws LearnError SHAPE_MISMATCH, DATA_LABEL_INVALID. */
export function fitPlatt(
  probabilities: Matrix,
  labels: ArrayLike<Label>,
  classes: readonly Label[],
): Calibration {
  const { codes } = encodeLabels(labels, classes, probabilities.rowCount);
  const calibrated = classes.length === 2 ? [1] : [...classes.keys()];
  const sigmoids = calibrated.map((k) => {
    const scores = probabilities.column(k).map(logit);
    return fitSigmoid(
      scores,
      Uint8Array.from(codes, (code) => (code === k ? 1 : 0)),
    );
  });
  return { method: 'platt', a: sigmoids.map(({ a }) => a), b: sigmoids.map(({ b }) => b) };
}

/** Corrects the `classCount` probabilities from index `at` on, in place; they sum to 1 after it. */
export function calibrate(
  calibration: Calibration,
  values: Float64Array,
  at: number,
  classCount: number,
): void {
  if (calibration.method === 'temperature') {
    sharpen(values, at, classCount, calibration.temperature);
    return;
  }
  const { a, b } = calibration;
  if (classCount === 2) {
    const second = sigmoid(a[0] * logit(values[at + 1]) + b[0]);
    values[at] = 1 - second;
    values[at + 1] = second;
    return;
  }
  let sum = 0;
  for (let k = 0; k < classCount; k++) {
    values[at + k] = sigmoid(a[k] * logit(values[at + k]) + b[k]);
    sum += values[at + k];
  }
  for (let k = 0; k < classCount; k++) {
    values[at + k] = sum > 0 ? values[at + k] / sum : 1 / classCount;
  }
}

function sharpen(values: Float64Array, at: number, classCount: number, temperature: number): void {
  let largest = 0;
  for (let k = 0; k < classCount; k++) largest = Math.max(largest, values[at + k]);
  if (largest === 0) return;
  let sum = 0;
  for (let k = 0; k < classCount; k++) {
    values[at + k] = (values[at + k] / largest) ** (1 / temperature);
    sum += values[at + k];
  }
  for (let k = 0; k < classCount; k++) values[at + k] /= sum;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(value));
}

function lossOf(probabilities: Matrix, codes: Int32Array, temperature: number): number {
  const { values, columnCount } = probabilities;
  const row = new Float64Array(columnCount);
  let loss = 0;
  for (let i = 0; i < codes.length; i++) {
    row.set(values.subarray(i * columnCount, (i + 1) * columnCount));
    const given = Math.max(row[codes[i]], Number.MIN_VALUE);
    const largest = row.reduce((most, value) => Math.max(most, value), 0);
    sharpen(row, 0, columnCount, temperature);
    // In logs of the first probability, which the power may have made 0: log softmax, written out.
    const norm = row.reduce((most, value) => Math.max(most, value), Number.MIN_VALUE);
    loss -= (Math.log(given) - Math.log(largest)) / temperature + Math.log(norm);
  }
  return loss;
}
