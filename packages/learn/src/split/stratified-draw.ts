// A training and a test part that keep the share of every class, row for row as scikit-learn's
// train_test_split with `stratify` draws them.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';
import { RandomState } from '../random/random-state.ts';
import { groupsByOrder } from './distinct-labels.ts';
import { shuffled } from './fold-rows.ts';
import type { TrainTestSplit } from './train-test-split.ts';

/** @throws LearnError SPLIT_IMPOSSIBLE when a class has one row, or a part less rows than classes. */
export function stratifiedDraw(
  labels: ArrayLike<Label>,
  testCount: number,
  randomState: number,
): TrainTestSplit {
  const { codes, counts } = groupsByOrder(labels);
  const trainCount = labels.length - testCount;
  checkClasses(counts, trainCount, testCount);
  const random = new RandomState(randomState);
  const trainShares = sharesOf(counts, trainCount, random);
  const left = counts.map((count, code) => count - trainShares[code]);
  const testShares = sharesOf(left, testCount, random);
  const train: number[] = [];
  const test: number[] = [];
  rowsByClass(codes, counts).forEach((rows, code) => {
    const drawn = shuffled(rows, random);
    const end = trainShares[code];
    for (let i = 0; i < end; i++) train.push(drawn[i]);
    for (let i = end; i < end + testShares[code]; i++) test.push(drawn[i]);
  });
  return {
    train: shuffled(Int32Array.from(train), random),
    test: shuffled(Int32Array.from(test), random),
  };
}

function rowsByClass(codes: Int32Array, counts: Int32Array): readonly Int32Array[] {
  const rows = Array.from(counts, (count) => new Int32Array(count));
  const next = new Int32Array(counts.length);
  codes.forEach((code, row) => {
    rows[code][next[code]++] = row;
  });
  return rows;
}

/**
 * How many of `drawCount` rows each class gets: its share rounded down, and one more for those with
 * the largest remainders, ties broken at random (scikit-learn's `_approximate_mode`).
 */
function sharesOf(counts: Int32Array, drawCount: number, random: RandomState): Int32Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = Array.from(counts, (count) => (count / total) * drawCount);
  const shares = Int32Array.from(exact, Math.floor);
  let missing = drawCount - shares.reduce((sum, share) => sum + share, 0);
  const remainders = exact.map((value) => value - Math.floor(value));
  const distinct = [...new Set(remainders)].sort((a, b) => b - a);
  for (const remainder of distinct) {
    if (missing === 0) break;
    const tied = Int32Array.from(remainders.keys()).filter(
      (code) => remainders[code] === remainder,
    );
    const drawn = shuffled(tied, random).subarray(0, missing);
    for (const code of drawn) shares[code]++;
    missing -= drawn.length;
  }
  return shares;
}

function checkClasses(counts: Int32Array, trainCount: number, testCount: number): void {
  const smallest = counts.reduce((least, count) => Math.min(least, count));
  if (smallest < 2) {
    throw new LearnError(
      'SPLIT_IMPOSSIBLE',
      'a class has one row only, which cannot be in both parts; give it more rows, leave it out, or split without stratify',
    );
  }
  if (Math.min(trainCount, testCount) >= counts.length) return;
  const part = trainCount < testCount ? 'training' : 'test';
  throw new LearnError(
    'SPLIT_IMPOSSIBLE',
    `the ${part} part would have ${Math.min(trainCount, testCount)} rows, and there are ${counts.length} classes; ` +
      'give it a row for each, or split without stratify',
  );
}
