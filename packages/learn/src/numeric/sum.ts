// Sums that do not lose digits as the rows grow. Shared by the metrics and the linear models.

/**
 * The sum of `term(0)` to `term(length - 1)`, compensated as in Neumaier (1974), so that its error
 * does not grow with the number of terms. NaN or an infinity when a term or the sum is one.
 */
export function sumOf(length: number, term: (index: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < length; i++) {
    const value = term(i);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  // Beyond the range of a double, the lost digits are NaN and would hide the infinity.
  return Number.isFinite(sum) ? sum + lost : sum;
}

/** The mean of a non-empty vector; that of equal values is exactly their value. */
export function mean(values: Float64Array): number {
  const first = values[0];
  if (values.every((value) => value === first)) return first;
  return sumOf(values.length, (i) => values[i]) / values.length;
}

/** The mean by weights of 0 or more, not all 0; that of equal values is exactly their value. */
export function weightedMean(values: Float64Array, weights: Float64Array): number {
  const first = values.find((_, i) => weights[i] > 0) ?? Number.NaN;
  if (values.every((value, i) => value === first || weights[i] === 0)) return first;
  const total = sumOf(weights.length, (i) => weights[i]);
  return sumOf(values.length, (i) => (weights[i] === 0 ? 0 : values[i] * weights[i])) / total;
}
