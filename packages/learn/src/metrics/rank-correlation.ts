// Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing their mean
// rank, as SciPy computes it.

import { sortOrder } from '../numeric/sort-order.ts';
import { checkedInputs } from './regression-inputs.ts';

/** -1 to 1, 1 is best; NaN when all targets or all predictions are equal. Knows no weights. */
export function spearmanCorrelation(yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number {
  const inputs = checkedInputs(yTrue, yPred, {});
  const a = averageRanks(inputs.yTrue);
  const b = averageRanks(inputs.yPred);
  // The mean of all ranks, ties or not; ranks are halves, so that no sum here rounds early.
  const middle = (a.length + 1) / 2;
  let both = 0;
  let spreadA = 0;
  let spreadB = 0;
  for (let i = 0; i < a.length; i++) {
    both += (a[i] - middle) * (b[i] - middle);
    spreadA += (a[i] - middle) ** 2;
    spreadB += (b[i] - middle) ** 2;
  }
  if (spreadA === 0 || spreadB === 0) return Number.NaN;
  return Math.min(1, Math.max(-1, both / Math.sqrt(spreadA * spreadB)));
}

/** The rank of each value, from 1 on; equal values have the mean of their ranks. */
function averageRanks(values: Float64Array): Float64Array {
  const order = sortOrder(values);
  const ranks = new Float64Array(values.length);
  let start = 0;
  while (start < order.length) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let at = start; at < end; at++) ranks[order[at]] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
