// The check of sample weights that all learners share.

import { LearnError } from '../errors.ts';
import { checkedVector } from '../matrix/vector.ts';

/**
 * The weights as doubles, or null where none are given; a Float64Array is returned as it is, without
 * a copy.
 * @throws LearnError SHAPE_MISMATCH for another length, DATA_NOT_FINITE, DATA_OUT_OF_RANGE for a
 * negative weight, when all are 0, or when their sum is too large for a double.
 */
export function checkedWeights(
  weights: ArrayLike<number> | undefined,
  rowCount: number,
): Float64Array | null {
  if (weights === undefined) return null;
  const checked = checkedVector('sampleWeight', weights, rowCount, 'x');
  let sum = 0;
  for (let i = 0; i < checked.length; i++) {
    if (checked[i] < 0) throw negative(checked[i], i);
    sum += checked[i];
  }
  if (sum > 0 && Number.isFinite(sum)) return checked;
  throw new LearnError(
    'DATA_OUT_OF_RANGE',
    `the sum of sampleWeight is ${sum}; expected a finite sum above 0: ` +
      `${sum === 0 ? 'give at least one row a weight' : 'divide the weights by a common factor'}`,
  );
}

function negative(weight: number, row: number): LearnError {
  return new LearnError(
    'DATA_OUT_OF_RANGE',
    `sampleWeight at index ${row} (from 0) is ${weight}; a weight is 0 or more, and 0 leaves the row out`,
  );
}
