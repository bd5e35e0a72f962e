// The best split of a categorical feature's levels into two groups, as LightGBM finds it: for few
// levels one against the rest; for many they are ordered by gradient over hessian, and cut along that
// order from both ends (Fisher 1958: the best grouping of least squares is among these).
// Missing and rare levels, which share a bin, go right.

import { greatestBinCount } from './binned-features.ts';
import { sortByRank } from './sort-by-rank.ts';
import { gainOf, type Split, type SplitTerms, type Sums } from './split.ts';

export interface CategoricalParameters {
  readonly maxCatToOnehot: number;
  readonly maxCatThreshold: number;
  readonly catSmooth: number;
  readonly catL2: number;
  readonly minDataPerGroup: number;
}

export interface CategoricalLeaf {
  readonly feature: number;
  /** Words of histograms: hessian and gradient of the level's bin b are at `first + 2 b` and after. */
  readonly entries: Int32Array;
  readonly first: number;
  readonly binCount: number;
  readonly total: Sums;
  readonly terms: SplitTerms;
  /** What a hessian of 1 is in the histogram's integers. */
  readonly hessianUnit: number;
  /** Gain above which a split counts, the parent's own in it. */
  readonly gainToBeat: number;
}

export class CategoricalSearch {
  readonly #parameters: CategoricalParameters;
  // Levels in order, and what they are ordered by: one search after the other uses them.
  readonly #order = new Int32Array(greatestBinCount);
  readonly #ranks = new Float64Array(greatestBinCount);
  #gain = 0;
  #left: Sums = { gradient: 0, hessian: 0 };
  #leftBins: readonly number[] | null = null;

  constructor(parameters: CategoricalParameters) {
    this.#parameters = parameters;
  }

  /** Null where no grouping beats the gain to beat; the gain found has the parent's own in it. */
  find(leaf: CategoricalLeaf): Split | null {
    this.#gain = leaf.gainToBeat;
    this.#leftBins = null;
    if (leaf.binCount <= this.#parameters.maxCatToOnehot) this.#oneAgainstRest(leaf);
    else this.#manyAgainstMany(leaf);
    if (this.#leftBins === null) return null;
    const { feature } = leaf;
    const found = { gain: this.#gain, left: this.#left, leftBins: this.#leftBins };
    return { feature, bin: -1, missingLeft: false, ...found };
  }

  #oneAgainstRest(leaf: CategoricalLeaf): void {
    const { entries, first, terms, total } = leaf;
    for (let bin = 0; bin < leaf.binCount; bin++) {
      const hessian = entries[first + 2 * bin];
      if (hessian < terms.least || total.hessian - hessian < terms.least) continue;
      if (this.#isBetter(leaf, entries[first + 2 * bin + 1], hessian, 0)) this.#leftBins = [bin];
    }
  }

  #manyAgainstMany(leaf: CategoricalLeaf): void {
    const count = this.#putInOrder(leaf);
    const most = Math.min(this.#parameters.maxCatThreshold, Math.ceil(count / 2));
    this.#cutAlong(leaf, 0, 1, most);
    this.#cutAlong(leaf, count - 1, -1, most);
  }

  /** Levels with enough rows to have a say, by smoothed gradient over hessian. */
  #putInOrder({ entries, first, binCount, terms, hessianUnit }: CategoricalLeaf): number {
    const { catSmooth } = this.#parameters;
    const smooth = catSmooth * hessianUnit;
    const least = Math.max(1, (catSmooth - 0.5) * terms.hessianPerRow);
    let count = 0;
    for (let bin = 0; bin < binCount; bin++) {
      const hessian = entries[first + 2 * bin];
      if (hessian < least) continue;
      this.#order[count] = bin;
      this.#ranks[count] = entries[first + 2 * bin + 1] / (hessian + smooth);
      count++;
    }
    sortByRank(this.#order, this.#ranks, count);
    return count;
  }

  #cutAlong(leaf: CategoricalLeaf, start: number, step: number, most: number): void {
    const { entries, first, terms, total, hessianUnit } = leaf;
    const extraL2 = this.#parameters.catL2 * hessianUnit;
    const leastOfGroup = (this.#parameters.minDataPerGroup - 0.5) * terms.hessianPerRow;
    const leastRight = Math.max(terms.least, leastOfGroup);
    let gradient = 0;
    let hessian = 0;
    let group = 0;
    for (let i = 0; i < most; i++) {
      const at = first + 2 * this.#order[start + i * step];
      gradient += entries[at + 1];
      hessian += entries[at];
      group += entries[at];
      if (total.hessian - hessian < leastRight) return;
      if (hessian < terms.least || group < leastOfGroup) continue;
      group = 0;
      if (!this.#isBetter(leaf, gradient, hessian, extraL2)) continue;
      this.#leftBins = Array.from({ length: i + 1 }, (_, k) => this.#order[start + k * step]);
    }
  }

  #isBetter(
    { terms, total }: CategoricalLeaf,
    gradient: number,
    hessian: number,
    extraL2: number,
  ): boolean {
    const left = gainOf(gradient, hessian, terms, extraL2);
    const right = gainOf(total.gradient - gradient, total.hessian - hessian, terms, extraL2);
    if (!(left + right > this.#gain)) return false;
    this.#gain = left + right;
    this.#left = { gradient, hessian };
    return true;
  }
}
