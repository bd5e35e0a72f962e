// The log loss of classifiers: of two classes by one score, of more by one score a class.

import { sumOf } from '../numeric/sum.ts';
import type { Loss } from './loss.ts';
import { lossCode } from './loss-code.ts';

/** A class that no row has is given this share, so that its score is finite. */
const leastShare = 1e-15;

/** The score is that of class 1 of 0 and 1. */
export const logisticLoss: Loss = {
  name: 'log_loss',
  outputCount: 1,
  hasConstantHessian: false,
  kernel: { code: lossCode.logistic, detail: 0 },
  leafQuantile: null,
  start: (target, weights) => {
    const share = shareOf(target, weights, 1);
    return { baseScore: Float64Array.of(Math.log(share / (1 - share))), origin: 0 };
  },
  ofRow: (scores, at, _stride, target) => {
    const score = scores[at];
    // log(1 + e^score), without overflow.
    return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - target * score;
  },
};

/** Targets are class codes 0 to `classCount - 1`. */
export function softmaxLoss(classCount: number): Loss {
  return {
    name: 'log_loss',
    outputCount: classCount,
    hasConstantHessian: false,
    kernel: null,
    leafQuantile: null,
    start: (target, weights) => {
      const shares = Float64Array.from({ length: classCount }, (_, code) =>
        Math.log(shareOf(target, weights, code)),
      );
      return { baseScore: shares, origin: 0 };
    },
    ofRow: (scores, at, stride, target) => {
      let largest = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < classCount; k++) largest = Math.max(largest, scores[at + k * stride]);
      let sum = 0;
      for (let k = 0; k < classCount; k++) sum += Math.exp(scores[at + k * stride] - largest);
      return largest + Math.log(sum) - scores[at + target * stride];
    },
  };
}

function shareOf(target: Float64Array, weights: Float64Array | null, code: number): number {
  const total = weights === null ? target.length : sumOf(weights.length, (i) => weights[i]);
  const ofClass = sumOf(target.length, (i) => (target[i] === code ? (weights?.[i] ?? 1) : 0));
  return Math.min(1 - leastShare, Math.max(leastShare, ofClass / total));
}
