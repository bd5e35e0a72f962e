// Quantiles of a target, as scikit-learn's DummyRegressor defines them.

import { weightedMedian } from '../metrics/weighted-median.ts';

/**
 * The quantile at `share` (0 to 1): NumPy's, which interpolates; with weights the inverse of the
 * distribution function, which is always one of the values. Half with weights is `weightedMedian`,
 * so that a weight of 2 counts as the row twice.
 */
export function quantileOf(
  values: Float64Array,
  share: number,
  weights: Float64Array | null,
): number {
  if (weights === null) return interpolated(Float64Array.from(values).sort(), share);
  return share === 0.5 ? weightedMedian(values, weights) : inverseOf(values, share, weights);
}

function interpolated(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, sorted.length - 1)];
  // Not low + (high - low) * part: the difference of two finite doubles may be infinite.
  return low === high ? low : low * (below + 1 - place) + high * (place - below);
}

function inverseOf(values: Float64Array, share: number, weights: Float64Array): number {
  const order = Array.from(values.keys())
    .filter((i) => weights[i] > 0)
    .sort((a, b) => values[a] - values[b]);
  let total = 0;
  for (const i of order) total += weights[i];
  let upTo = 0;
  for (const i of order) {
    upTo += weights[i];
    if (upTo >= share * total) return values[i];
  }
  return values[order[order.length - 1]];
}
