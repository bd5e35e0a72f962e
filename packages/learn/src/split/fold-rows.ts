// What all splitters share: parameters checked, and folds made from the number of the fold that tests
// each row.

import { LearnError } from '../errors.ts';
import type { RandomState } from '../random/random-state.ts';
import type { TrainTestSplit } from './train-test-split.ts';

export interface FoldOptions {
  /** Number of folds, 2 or more. Default 5. */
  readonly nSplits?: number;
}

export interface ShuffleOptions extends FoldOptions {
  /** Whether rows (or groups) are put into random order first. Default false. */
  readonly shuffle?: boolean;
  /** Seed of the order, a whole number from 0 to 2³² - 1; no matter without shuffle. Default 0. */
  readonly randomState?: number;
}

/** @throws LearnError PARAMETER_INVALID. */
export function checkedCount(what: string, value: number, min: number): number {
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new LearnError(
    'PARAMETER_INVALID',
    `${what} is ${value}: expected a whole number from ${min} on`,
  );
}

/** @throws LearnError PARAMETER_INVALID. */
export function checkedSeed(randomState: number): number {
  if (Number.isInteger(randomState) && randomState >= 0 && randomState < 2 ** 32)
    return randomState;
  throw new LearnError(
    'PARAMETER_INVALID',
    `randomState is ${randomState}: expected a whole number from 0 to ${2 ** 32 - 1}`,
  );
}

/** @throws LearnError PARAMETER_INVALID, SPLIT_IMPOSSIBLE with fewer rows than folds. */
export function checkRowCount(rowCount: number, nSplits: number): void {
  checkedCount('the number of rows', rowCount, 0);
  if (rowCount >= nSplits) return;
  throw new LearnError(
    'SPLIT_IMPOSSIBLE',
    `${rowCount} rows cannot be split into ${nSplits} folds: give more rows or fewer folds`,
  );
}

/** Sizes of `count` parts of `total`, the first ones being larger by one where it does not go up. */
export function partSizes(total: number, count: number): readonly number[] {
  return Array.from(
    { length: count },
    (_, i) => Math.floor(total / count) + Number(i < total % count),
  );
}

/** Fold k tests the rows with `foldOfRow[row] === k` and trains on the others, both ascending. */
export function foldsOf(foldOfRow: Int32Array, nSplits: number): readonly TrainTestSplit[] {
  return Array.from({ length: nSplits }, (_, fold) => {
    const size = foldOfRow.reduce((count, of) => count + Number(of === fold), 0);
    const test = new Int32Array(size);
    const train = new Int32Array(foldOfRow.length - size);
    let tested = 0;
    foldOfRow.forEach((of, row) => {
      if (of === fold) test[tested++] = row;
      else train[row - tested] = row;
    });
    return { train, test };
  });
}

/** The values in the order that NumPy's `shuffle` leaves them in. */
export function shuffled(values: Int32Array, random: RandomState): Int32Array {
  return random.permutation(values.length).map((from) => values[from]);
}
