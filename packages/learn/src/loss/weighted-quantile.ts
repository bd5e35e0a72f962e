// The quantile of weighted numbers, for losses that are least there.

/**
 * The value below which a share `quantile` (0 to 1) of the weight lies: without weights linear between
 * the neighbours as numpy.quantile, with weights the first value that reaches the share.
 * @param values at least one; sorted in place where there are no weights.
 */
export function weightedQuantile(
  values: Float64Array,
  weights: Float64Array | null,
  quantile: number,
): number {
  if (weights === null) return plainQuantile(values.sort(), quantile);
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  for (const i of order) {
    reached += weights[i];
    if (reached > 0 && reached >= quantile * total) return values[i];
  }
  return values[order[order.length - 1]];
}

function plainQuantile(sorted: Float64Array, quantile: number): number {
  const position = quantile * (sorted.length - 1);
  const below = Math.floor(position);
  const lower = sorted[below];
  const upper = sorted[Math.min(below + 1, sorted.length - 1)];
  return lower + (upper - lower) * (position - below);
}
