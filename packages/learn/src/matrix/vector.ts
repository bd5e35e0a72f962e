// Checks of the vectors that go with a matrix: targets, predictions, weights.

import { LearnError } from '../errors.ts';

/**
 * The values as doubles, checked; a Float64Array is returned as it is, without a copy.
 * @param what the name of the vector in error messages, such as `y`.
 * @throws LearnError SHAPE_MISMATCH for another length, DATA_NOT_FINITE for a NaN or infinity.
 */
export function checkedVector(
  what: string,
  values: ArrayLike<number>,
  expectedLength: number,
  expectedFrom: string,
): Float64Array {
  if (values.length !== expectedLength) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `${what} has ${values.length} values, and ${expectedFrom} has ${expectedLength}; ` +
        'they need one value for each row',
    );
  }
  const doubles = values instanceof Float64Array ? values : Float64Array.from(values);
  const bad = doubles.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new LearnError(
      'DATA_NOT_FINITE',
      `${what} at index ${bad} (from 0) is ${doubles[bad]}, and only finite numbers are allowed`,
    );
  }
  return doubles;
}
