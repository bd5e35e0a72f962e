// Folds without regard to labels: each row is tested once (or once a repeat), exactly as by
// scikit-learn's KFold and RepeatedKFold.

import { RandomState } from '../random/random-state.ts';
import {
  checkedCount,
  checkedSeed,
  checkRowCount,
  type FoldOptions,
  foldsOf,
  partSizes,
  type ShuffleOptions,
  shuffled,
} from './fold-rows.ts';
import type { TrainTestSplit } from './train-test-split.ts';

export interface RepeatOptions extends FoldOptions {
  /** How many times all folds are made, each time in another order; 1 or more. Default 10. */
  readonly nRepeats?: number;
  /** Seed of the orders, a whole number from 0 to 2³² - 1. Default 0. */
  readonly randomState?: number;
}

export class KFold {
  readonly #nSplits: number;
  readonly #seed: number | null;

  /** @throws LearnError PARAMETER_INVALID. */
  constructor({ nSplits = 5, shuffle = false, randomState = 0 }: ShuffleOptions = {}) {
    this.#nSplits = checkedCount('nSplits', nSplits, 2);
    this.#seed = shuffle ? checkedSeed(randomState) : null;
  }

  /** Folds of `rowCount` rows. @throws LearnError SPLIT_IMPOSSIBLE, PARAMETER_INVALID. */
  split(rowCount: number): readonly TrainTestSplit[] {
    return kFolds(
      rowCount,
      this.#nSplits,
      this.#seed === null ? null : new RandomState(this.#seed),
    );
  }
}

export class RepeatedKFold {
  readonly #nSplits: number;
  readonly #nRepeats: number;
  readonly #seed: number;

  /** @throws LearnError PARAMETER_INVALID. */
  constructor({ nSplits = 5, nRepeats = 10, randomState = 0 }: RepeatOptions = {}) {
    this.#nSplits = checkedCount('nSplits', nSplits, 2);
    this.#nRepeats = checkedCount('nRepeats', nRepeats, 1);
    this.#seed = checkedSeed(randomState);
  }

  /** All folds of the first repeat, then of the second, and so on. @throws as KFold. */
  split(rowCount: number): readonly TrainTestSplit[] {
    const random = new RandomState(this.#seed);
    return Array.from({ length: this.#nRepeats }, () =>
      kFolds(rowCount, this.#nSplits, random),
    ).flat();
  }
}

function kFolds(
  rowCount: number,
  nSplits: number,
  random: RandomState | null,
): readonly TrainTestSplit[] {
  checkRowCount(rowCount, nSplits);
  const rows = new Int32Array(rowCount).map((_, row) => row);
  const order = random === null ? rows : shuffled(rows, random);
  const foldOfRow = new Int32Array(rowCount);
  let at = 0;
  partSizes(rowCount, nSplits).forEach((size, fold) => {
    for (let i = 0; i < size; i++) foldOfRow[order[at++]] = fold;
  });
  return foldsOf(foldOfRow, nSplits);
}
