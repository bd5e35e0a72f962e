// The losses at a network's end: from its output to the loss of a batch and the slopes of it.

import type { TrainedLayer } from './network.ts';

/**
 * The sum of `weight * loss` over the batch's rows. Leaves `share * weight * slope` in the slopes,
 * where `share` makes a mean of the sum.
 */
export type OutputLoss = (
  output: TrainedLayer,
  rows: Int32Array,
  weights: Float64Array | null,
  share: number,
) => number;

/** Half of the square, for one number a row. */
export function squaredLoss(target: Float64Array): OutputLoss {
  return ({ values, slopes, width }, rows, weights, share) => {
    let loss = 0;
    for (let i = 0; i < rows.length; i++) {
      const weight = weights === null ? 1 : weights[rows[i]];
      const error = values[i * width] - target[rows[i]];
      loss += weight * 0.5 * error * error;
      slopes[i * width] = share * weight * error;
    }
    return loss;
  };
}

/** The logistic loss of one score a row, that of the second class. */
export function binaryLoss(codes: Int32Array): OutputLoss {
  return ({ values, slopes, width }, rows, weights, share) => {
    let loss = 0;
    for (let i = 0; i < rows.length; i++) {
      const weight = weights === null ? 1 : weights[rows[i]];
      const code = codes[rows[i]];
      const score = values[i * width];
      const small = Math.exp(-Math.abs(score));
      const probability = score >= 0 ? 1 / (1 + small) : small / (1 + small);
      loss += weight * (Math.max(code === 1 ? -score : score, 0) + Math.log1p(small));
      slopes[i * width] = share * weight * (probability - code);
    }
    return loss;
  };
}

/** The cross entropy of the softmax of one score a class. */
export function softmaxLoss(codes: Int32Array): OutputLoss {
  return ({ values, slopes, width, outputs }, rows, weights, share) => {
    let loss = 0;
    for (let i = 0; i < rows.length; i++) {
      const at = i * width;
      const weight = weights === null ? 1 : weights[rows[i]];
      let largest = values[at];
      for (let k = 1; k < outputs; k++) largest = Math.max(largest, values[at + k]);
      let sum = 0;
      for (let k = 0; k < outputs; k++) sum += Math.exp(values[at + k] - largest);
      const own = at + codes[rows[i]];
      loss += weight * (Math.log(sum) - (values[own] - largest));
      for (let k = 0; k < outputs; k++) {
        slopes[at + k] = (share * weight * Math.exp(values[at + k] - largest)) / sum;
      }
      slopes[own] -= share * weight;
    }
    return loss;
  };
}
