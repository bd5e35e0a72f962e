// The weighted median in scikit-learn's sense: Hyndman and Fan's (1996) averaged inverse of the
// distribution function. With equal weights it is the ordinary median.

/**
 * The value up to which half of the weight lies. Where exactly half lies up to a value, the mean of
 * it and the next value that has any weight.
 * @param values not empty. @param weights as many, not negative, not all zero.
 */
export function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const order = Array.from(values.keys())
    .filter((i) => weights[i] > 0)
    .sort((a, b) => values[a] - values[b]);
  // Running sums, not the compensated sum: the total must be exactly the last of them.
  let total = 0;
  const upTo = order.map((i) => {
    total += weights[i];
    return total;
  });
  const half = total / 2;
  const at = upTo.findIndex((sum) => sum >= half);
  const value = values[order[at]];
  const isExactlyHalf = upTo[at] - half <= Number.EPSILON;
  const next = order[at + 1];
  return isExactlyHalf && next !== undefined ? (value + values[next]) / 2 : value;
}
