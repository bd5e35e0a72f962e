// Splits rows into a training and a test part, choosing exactly the rows of scikit-learn's
// train_test_split with shuffling.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';
import { RandomState } from '../random/random-state.ts';
import { stratifiedDraw } from './stratified-draw.ts';

export interface TrainTestSplitOptions {
  /**
   * Share of the rows to test on, above 0 and below 1 (rounded up to whole rows), or from 1 on their
   * number. Default 0.25.
   */
  readonly testSize?: number;
  /** Seed, a whole number from 0 to 2³² - 1. */
  readonly randomState: number;
  /** One label a row; both parts get each label's share. Default: labels do not matter. */
  readonly stratify?: ArrayLike<Label>;
}

export interface TrainTestSplit {
  /** Row numbers from 0, in random order. */
  readonly train: Int32Array;
  /** Row numbers from 0, in random order; every row is in exactly one of the two. */
  readonly test: Int32Array;
}

/**
 * @throws LearnError SPLIT_IMPOSSIBLE when a part would be empty, or lack a class of `stratify`,
 * PARAMETER_INVALID for a test size or a seed out of range, SHAPE_MISMATCH for too few labels.
 */
export function trainTestSplit(rowCount: number, options: TrainTestSplitOptions): TrainTestSplit {
  const testCount = countTestRows(rowCount, options.testSize ?? 0.25);
  if (options.stratify !== undefined) {
    checkLabelCount(options.stratify.length, rowCount);
    return stratifiedDraw(options.stratify, testCount, options.randomState);
  }
  const order = new RandomState(options.randomState).permutation(rowCount);
  return { test: order.slice(0, testCount), train: order.slice(testCount) };
}

function countTestRows(rowCount: number, testSize: number): number {
  const isShare = testSize > 0 && testSize < 1;
  if (!isShare && !(Number.isInteger(testSize) && testSize >= 1)) {
    throw new LearnError(
      'PARAMETER_INVALID',
      `testSize is ${testSize}: expected a share above 0 and below 1, or a whole number of rows from 1 on`,
    );
  }
  const testCount = isShare ? Math.ceil(testSize * rowCount) : testSize;
  if (testCount < 1 || testCount >= rowCount) {
    throw new LearnError(
      'SPLIT_IMPOSSIBLE',
      `${rowCount} rows cannot be split with testSize ${testSize}: the ${testCount < 1 ? 'test' : 'training'} ` +
        'part would be empty; give more rows or another testSize',
    );
  }
  return testCount;
}

function checkLabelCount(labelCount: number, rowCount: number): void {
  if (labelCount === rowCount) return;
  throw new LearnError(
    'SHAPE_MISMATCH',
    `stratify has ${labelCount} labels, and there are ${rowCount} rows; they need one label for each row`,
  );
}
