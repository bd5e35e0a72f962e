// Quantiles of sorted values.

/**
 * NumPy's default quantile: linear between the two values around position `share * (n - 1)`.
 * @param sorted ascending, not empty. @param share 0 to 1.
 */
export function linearQuantile(sorted: Float64Array, share: number): number {
  return valueAt(sorted, share * (sorted.length - 1));
}

/** SciPy's `mquantiles` with its default constants (0.4): nearly unbiased for the quantile. */
export function unbiasedQuantile(sorted: Float64Array, share: number): number {
  const position = sorted.length * share + 0.4 + share * 0.2;
  return valueAt(sorted, Math.min(sorted.length, Math.max(1, position)) - 1);
}

function valueAt(sorted: Float64Array, position: number): number {
  const low = Math.min(sorted.length - 1, Math.max(0, Math.floor(position)));
  const high = Math.min(sorted.length - 1, low + 1);
  const part = position - low;
  // In halves, which are exact, because a difference may be beyond the range of a double.
  const half = sorted[high] / 2 - sorted[low] / 2;
  // As NumPy's lerp: from the nearer end, so that the result is exact at both.
  return part >= 0.5 ? sorted[high] - half * (1 - part) * 2 : sorted[low] + half * part * 2;
}
