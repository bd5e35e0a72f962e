// The target of a forest as its growers want it: numbers near zero and of size one, or class codes.

import { LearnError } from '../errors.ts';
import { mean } from '../numeric/sum.ts';
import type { OrderTarget } from './category-bins.ts';
import type { ForestData } from './forest-data.ts';

export type ForestTarget = Pick<
  ForestData,
  'outputCount' | 'target' | 'classCount' | 'weights' | 'scale' | 'offset'
>;

// Leaves hold float32, and their largest number is a little more than this.
const largestDeviation = 1e38;

/**
 * @param y finite targets.
 * @throws LearnError DATA_OUT_OF_RANGE when they lie too far apart for a tree's float32 leaves.
 */
export function numericTarget(y: Float64Array, weights: Float64Array | null): ForestTarget {
  const centre = mean(y);
  let largest = 0;
  for (let i = 0; i < y.length; i++) largest = Math.max(largest, Math.abs(y[i] - centre));
  if (!(largest <= largestDeviation)) {
    throw new LearnError(
      'DATA_OUT_OF_RANGE',
      `y lies as far as ${largest} from its mean, and trees take at most ${largestDeviation}; ` +
        'divide the target by a constant',
    );
  }
  // A power of two, so that scaling changes no digit.
  const scale = largest === 0 ? 1 : 2 ** Math.ceil(Math.log2(largest));
  // On a coarse grid, so that what is left of whole numbers is exact in float32.
  const grid = scale / 4;
  const offset = largest === 0 ? centre : Math.round(centre / grid) * grid;
  const target = y.map((value) => (value - offset) / scale);
  return { outputCount: 1, target, classCount: 0, weights, scale, offset };
}

export function classTarget(
  codes: Int32Array,
  classCount: number,
  weights: Float64Array | null,
): ForestTarget {
  const outputCount = classCount === 2 ? 1 : classCount;
  const target = Float64Array.from(codes);
  return { outputCount, target, classCount, weights, scale: 1, offset: 0 };
}

/** What levels of categories are ordered by: the target, or an indicator of each class. */
export function orderTarget({ outputCount, target, weights }: ForestTarget): OrderTarget {
  const weight = (row: number) => (weights === null ? 1 : weights[row]);
  return {
    width: outputCount,
    weight,
    add: (row, sums, at) => {
      if (outputCount === 1) sums[at] += weight(row) * target[row];
      else sums[at + target[row]] += weight(row);
    },
  };
}
