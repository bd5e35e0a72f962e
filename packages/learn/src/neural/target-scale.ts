// The unit in which a network sees the target of a regression: mean 0 and variance 1.

import { mean, weightedMean } from '../numeric/sum.ts';

export interface TargetScale {
  readonly centre: number;
  /** 0 for a constant target. */
  readonly spread: number;
}

export function targetScaleOf(target: Float64Array, weights: Float64Array | null): TargetScale {
  const centre = weights === null ? mean(target) : weightedMean(target, weights);
  const largest = target.reduce((most, value) => Math.max(most, Math.abs(value - centre)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return { centre, spread: largest };
  // Squares of shares of the largest neither overflow nor vanish.
  const squares = target.map((value) => ((value - centre) / largest) ** 2);
  const square = weights === null ? mean(squares) : weightedMean(squares, weights);
  return { centre, spread: largest * Math.sqrt(square) };
}
