// Folds that keep the share of every class, exactly as by scikit-learn's StratifiedKFold and
// RepeatedStratifiedKFold.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';
import { RandomState } from '../random/random-state.ts';
import { groupsByAppearance } from './distinct-labels.ts';
import {
  checkedCount,
  checkedSeed,
  checkRowCount,
  foldsOf,
  type ShuffleOptions,
  shuffled,
} from './fold-rows.ts';
import type { RepeatOptions } from './k-fold.ts';
import type { TrainTestSplit } from './train-test-split.ts';

export class StratifiedKFold {
  readonly #nSplits: number;
  readonly #seed: number | null;

  /** @throws LearnError PARAMETER_INVALID. */
  constructor({ nSplits = 5, shuffle = false, randomState = 0 }: ShuffleOptions = {}) {
    this.#nSplits = checkedCount('nSplits', nSplits, 2);
    this.#seed = shuffle ? checkedSeed(randomState) : null;
  }

  /**
   * Folds of the rows with these labels. A class of fewer rows than folds is absent from some.
   * @throws LearnError SPLIT_IMPOSSIBLE when that goes for every class, DATA_LABEL_INVALID.
   */
  split(labels: ArrayLike<Label>): readonly TrainTestSplit[] {
    const random = this.#seed === null ? null : new RandomState(this.#seed);
    return stratifiedFolds(labels, this.#nSplits, random);
  }
}

export class RepeatedStratifiedKFold {
  readonly #nSplits: number;
  readonly #nRepeats: number;
  readonly #seed: number;

  /** @throws LearnError PARAMETER_INVALID. */
  constructor({ nSplits = 5, nRepeats = 10, randomState = 0 }: RepeatOptions = {}) {
    this.#nSplits = checkedCount('nSplits', nSplits, 2);
    this.#nRepeats = checkedCount('nRepeats', nRepeats, 1);
    this.#seed = checkedSeed(randomState);
  }

  /** All folds of the first repeat, then of the second, and so on. @throws as StratifiedKFold. */
  split(labels: ArrayLike<Label>): readonly TrainTestSplit[] {
    const random = new RandomState(this.#seed);
    return Array.from({ length: this.#nRepeats }, () =>
      stratifiedFolds(labels, this.#nSplits, random),
    ).flat();
  }
}

function stratifiedFolds(
  labels: ArrayLike<Label>,
  nSplits: number,
  random: RandomState | null,
): readonly TrainTestSplit[] {
  checkRowCount(labels.length, nSplits);
  const { codes, counts } = groupsByAppearance(labels);
  if (counts.every((count) => count < nSplits)) throw tooSmallClasses(counts, nSplits);
  const foldsOfClass = blocksOf(counts, nSplits).map((block) =>
    random === null ? block : shuffled(block, random),
  );
  const next = new Int32Array(counts.length);
  return foldsOf(
    codes.map((code) => foldsOfClass[code][next[code]++]),
    nSplits,
  );
}

/**
 * The fold of each row of each class, in blocks of ascending folds. The rows sorted by class are
 * dealt to the folds in turn, which says how many of a class each fold gets.
 */
function blocksOf(counts: Int32Array, nSplits: number): readonly Int32Array[] {
  let dealt = 0;
  return Array.from(counts, (count) => {
    const folds = Int32Array.from({ length: count }, (_, i) => (dealt + i) % nSplits);
    dealt += count;
    return folds.sort();
  });
}

function tooSmallClasses(counts: Int32Array, nSplits: number): LearnError {
  return new LearnError(
    'SPLIT_IMPOSSIBLE',
    `no class has a row for each of ${nSplits} folds (the largest has ${counts.reduce((most, count) => Math.max(most, count), 0)}); give fewer folds`,
  );
}
