// What the curves of one class against the rest are given, checked once.

import { LearnError } from '../errors.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import { checkedVector } from '../matrix/vector.ts';

export interface CurveOptions {
  /** One weight a row, finite and not negative, not all zero. Default: every row counts the same. */
  readonly weights?: ArrayLike<number>;
}

export interface BinaryInputs {
  /** 1 where the row is of the class, else 0. */
  readonly positives: Uint8Array;
  readonly scores: Float64Array;
  readonly weights: Float64Array | null;
}

/**
 * @param positives true (or 1) where the row is of the class.
 * @param scores one finite number a row, more meaning more likely of the class.
 * @throws LearnError DATA_EMPTY, SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE for weights.
 */
export function checkedBinary(
  positives: ArrayLike<boolean | number>,
  scores: ArrayLike<number>,
  { weights }: CurveOptions,
): BinaryInputs {
  if (positives.length === 0) {
    throw new LearnError('DATA_EMPTY', 'a curve needs at least one row, and there is none');
  }
  return {
    positives: Uint8Array.from(positives, (value) => (value === true || value === 1 ? 1 : 0)),
    scores: checkedVector('scores', scores, positives.length, 'the truth'),
    weights: checkedWeights(weights, positives.length),
  };
}
