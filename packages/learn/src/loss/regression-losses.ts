// The losses of regressors.

import { LearnError } from '../errors.ts';
import { mean, sumOf } from '../numeric/sum.ts';
import type { Loss, LossStart } from './loss.ts';
import { lossCode } from './loss-code.ts';
import { weightedQuantile } from './weighted-quantile.ts';

const oneOutput = { outputCount: 1, leafQuantile: null } as const;

/** Half of (score - target)². */
export const squaredLoss: Loss = {
  ...oneOutput,
  name: 'squared_error',
  hasConstantHessian: true,
  kernel: { code: lossCode.squared, detail: 0 },
  start: (target, weights) => fromOrigin(weightedMean(target, weights)),
  ofRow: (scores, at, _stride, target) => (scores[at] - target) ** 2 / 2,
};

/** |score - target|, halved as the pinball loss at one half is. */
export const absoluteLoss: Loss = { ...pinballLoss(0.5), name: 'absolute_error' };

/** `quantile` times what the score is too low, 1 - `quantile` times what it is too high. */
export function pinballLoss(quantile: number): Loss {
  return {
    ...oneOutput,
    name: 'quantile',
    hasConstantHessian: true,
    kernel: { code: lossCode.pinball, detail: quantile },
    leafQuantile: quantile,
    start: (target, weights) => fromOrigin(weightedQuantile(target.slice(), weights, quantile)),
    ofRow: (scores, at, _stride, target) => {
      const error = target - scores[at];
      return error >= 0 ? quantile * error : (quantile - 1) * error;
    },
  };
}

/** e^score - target · score: of counts whose mean is e^score. */
export const poissonLoss: Loss = {
  ...oneOutput,
  name: 'poisson',
  hasConstantHessian: false,
  // The hessian is taken e^0.7 times larger, as LightGBM does: steps in e^score are then safe.
  kernel: { code: lossCode.poisson, detail: Math.exp(0.7) },
  start: (target, weights) => {
    const average = weightedMean(checkedCounts(target), weights);
    return { baseScore: Float64Array.of(Math.log(average)), origin: 0 };
  },
  ofRow: (scores, at, _stride, target) => Math.exp(scores[at]) - target * scores[at],
};

function fromOrigin(constant: number): LossStart {
  return { baseScore: Float64Array.of(constant), origin: constant };
}

function weightedMean(values: Float64Array, weights: Float64Array | null): number {
  const first = values[0];
  if (weights === null || values.every((value) => value === first)) return mean(values);
  const total = sumOf(weights.length, (i) => weights[i]);
  return sumOf(values.length, (i) => values[i] * weights[i]) / total;
}

function checkedCounts(target: Float64Array): Float64Array {
  const below = target.findIndex((value) => value < 0);
  if (below >= 0) {
    throw new LearnError(
      'DATA_OUT_OF_RANGE',
      `y at index ${below} (from 0) is ${target[below]}, and the loss 'poisson' takes no number below 0; ` +
        "use another loss, such as 'squared_error'",
    );
  }
  if (target.some((value) => value > 0)) return target;
  throw new LearnError(
    'DATA_OUT_OF_RANGE',
    "y is 0 in every row, and the loss 'poisson' needs a number above 0; use another loss",
  );
}
