// Folds that keep the rows of a group together, exactly as by scikit-learn's GroupKFold.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';
import { RandomState } from '../random/random-state.ts';
import { groupsByOrder } from './distinct-labels.ts';
import { checkedCount, checkedSeed, foldsOf, partSizes, type ShuffleOptions } from './fold-rows.ts';
import type { TrainTestSplit } from './train-test-split.ts';

export class GroupKFold {
  readonly #nSplits: number;
  readonly #seed: number | null;

  /** @throws LearnError PARAMETER_INVALID. */
  constructor({ nSplits = 5, shuffle = false, randomState = 0 }: ShuffleOptions = {}) {
    this.#nSplits = checkedCount('nSplits', nSplits, 2);
    this.#seed = shuffle ? checkedSeed(randomState) : null;
  }

  /**
   * Folds of the rows of these groups, of about the same size; shuffled, of about as many groups.
   * @throws LearnError SPLIT_IMPOSSIBLE with fewer groups than folds, DATA_LABEL_INVALID.
   */
  split(groups: ArrayLike<Label>): readonly TrainTestSplit[] {
    const { codes, counts } = groupsByOrder(groups);
    if (counts.length < this.#nSplits) {
      throw new LearnError(
        'SPLIT_IMPOSSIBLE',
        `${counts.length} groups cannot be split into ${this.#nSplits} folds: give fewer folds`,
      );
    }
    const foldOfGroup =
      this.#seed === null
        ? lightestFirst(counts, this.#nSplits)
        : inRandomOrder(counts.length, this.#nSplits, new RandomState(this.#seed));
    return foldsOf(
      codes.map((code) => foldOfGroup[code]),
      this.#nSplits,
    );
  }
}

/** The largest groups first, of equal ones the later, each into the fold with the fewest rows. */
function lightestFirst(counts: Int32Array, nSplits: number): Int32Array {
  const order = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || b - a);
  const sizes = new Float64Array(nSplits);
  const folds = new Int32Array(counts.length);
  for (const group of order) {
    const lightest = sizes.indexOf(sizes.reduce((least, size) => Math.min(least, size)));
    folds[group] = lightest;
    sizes[lightest] += counts[group];
  }
  return folds;
}

function inRandomOrder(groupCount: number, nSplits: number, random: RandomState): Int32Array {
  const order = random.permutation(groupCount);
  const folds = new Int32Array(groupCount);
  let at = 0;
  partSizes(groupCount, nSplits).forEach((size, fold) => {
    for (let i = 0; i < size; i++) folds[order[at++]] = fold;
  });
  return folds;
}
