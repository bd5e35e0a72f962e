// The best split of a leaf over the features that it may use: numeric ones by the kernel,
// categorical ones here. Owns which features and thresholds are tried, and the units of the terms.

import { type Heap, heapOf } from '../kernels/heap.ts';
import { RandomState } from '../random/random-state.ts';
import type { BoostingKernels, KernelSite } from './boosting-kernels.ts';
import type { BoostingParameters } from './boosting-parameters.ts';
import { CategoricalSearch } from './categorical-split.ts';
import type { FitLayout } from './layout.ts';
import { drawBelow, drawSome } from './random-draws.ts';
import { leafGain, type Split, type SplitTerms, type Sums } from './split.ts';

/** A gain that is no more than rounding, relative to the parent's own. */
const noise = 1e-10;
const wordsOfFeature = 6;

/** How many integer units a gradient and a hessian of 1 are. */
export interface Scales {
  readonly gradient: number;
  readonly hessian: number;
}

export interface LeafToSplit {
  readonly histogram: number;
  readonly total: Sums;
  readonly rowCount: number;
  /** Bounds of the leaf's value in the loss's units; infinite where nothing is monotone. */
  readonly lowest: number;
  readonly highest: number;
}

export class SplitFinder {
  readonly #layout: FitLayout;
  readonly #kernels: BoostingKernels;
  readonly #heap: Heap;
  readonly #parameters: BoostingParameters;
  readonly #categorical: CategoricalSearch;
  readonly #isConstrained: boolean;
  #random: RandomState;
  #features: readonly number[] = [];
  #scales: Scales = { gradient: 1, hessian: 1 };

  constructor(layout: FitLayout, site: KernelSite, parameters: BoostingParameters) {
    this.#layout = layout;
    this.#kernels = site.kernels;
    this.#heap = heapOf(site.memory.memory);
    this.#parameters = parameters;
    this.#categorical = new CategoricalSearch(parameters);
    this.#random = new RandomState(parameters.randomState);
    this.#isConstrained = parameters.monotonicCst.some((direction) => direction !== 0);
  }

  /** For a tree: the features that it may use, its random choices and its units. */
  begin(features: readonly number[], random: RandomState, scales: Scales): void {
    this.#features = features;
    this.#random = random;
    this.#scales = scales;
  }

  /** Null where nothing is worth a split. */
  find(leaf: LeafToSplit): Split | null {
    const terms = this.terms(leaf);
    const { shape } = this.#layout;
    const own = leafGain(leaf.total, terms);
    const gainToBeat = own + terms.minGain + noise * Math.abs(own);
    const tried = this.#tried();
    const isNumeric = (f: number) => shape.features[f].kind === 'numeric';
    let best = this.#findNumeric(leaf, tried.filter(isNumeric), terms, gainToBeat);
    for (const f of tried) {
      if (isNumeric(f)) continue;
      best = this.#findCategorical(leaf, f, terms, best?.gain ?? gainToBeat) ?? best;
    }
    return best && { ...best, gain: best.gain - own };
  }

  terms({ total, rowCount, lowest, highest }: LeafToSplit): SplitTerms {
    const { minSamplesLeaf, minSumHessianInLeaf, minGainToSplit } = this.#parameters;
    const { lambdaL1, l2Regularization } = this.#parameters;
    const { gradient, hessian } = this.#scales;
    const hessianPerRow = total.hessian / rowCount;
    // Values are gradients over hessians, gains squared gradients over hessians.
    const valueUnit = gradient / hessian;
    return {
      l1: lambdaL1 * gradient,
      l2: l2Regularization * hessian,
      least: Math.max(minSumHessianInLeaf * hessian, (minSamplesLeaf - 0.5) * hessianPerRow),
      minGain: minGainToSplit * gradient * valueUnit,
      lowest: lowest * valueUnit,
      highest: highest * valueUnit,
      hessianPerRow,
    };
  }

  #tried(): readonly number[] {
    const { maxFeatures } = this.#parameters;
    if (maxFeatures === 1) return this.#features;
    const size = Math.max(1, Math.round(maxFeatures * this.#features.length));
    return drawSome(this.#random, this.#features, size);
  }

  #findNumeric(
    leaf: LeafToSplit,
    tried: readonly number[],
    terms: SplitTerms,
    gainToBeat: number,
  ): Split | null {
    const { splitFeatures, splitSettings, foundSplit } = this.#layout;
    const { total } = leaf;
    const flag = this.#isConstrained ? 1 : 0;
    const { l1, l2, least, lowest, highest } = terms;
    splitSettings.set([
      ...[total.gradient, total.hessian, l1, l2, least, gainToBeat],
      ...[lowest, highest, flag],
    ]);
    tried.forEach((f, i) => {
      this.#describe(f, i * wordsOfFeature);
    });
    this.#kernels.findNumericSplit(
      leaf.histogram,
      splitFeatures.byteOffset,
      tried.length,
      splitSettings.byteOffset,
      foundSplit.byteOffset,
    );
    const [gain, index, bin, missingLeft, gradient, hessian] = foundSplit;
    if (index < 0) return null;
    const left = { gradient, hessian };
    const feature = tried[index];
    const goesLeft = this.#missingGoesLeft(leaf, feature, missingLeft === 1, left);
    return { feature, bin, leftBins: [], missingLeft: goesLeft, gain, left };
  }

  #describe(f: number, at: number): void {
    const { splitFeatures, offsets, shape } = this.#layout;
    const { realBins, column } = shape.features[f];
    splitFeatures[at] = offsets[f];
    splitFeatures[at + 1] = realBins;
    splitFeatures[at + 2] = 0;
    splitFeatures[at + 3] = realBins - 1;
    splitFeatures[at + 4] = this.#parameters.monotonicCst[column] ?? 0;
    if (!this.#parameters.extraTrees) return;
    const only = drawBelow(this.#random, Math.max(1, realBins - 1));
    splitFeatures[at + 2] = only;
    splitFeatures[at + 3] = only;
  }

  // Where no training row misses the value, a row that does goes with the greater part.
  #missingGoesLeft(leaf: LeafToSplit, f: number, isLeft: boolean, left: Sums): boolean {
    const missing = this.#sumsAt(leaf.histogram, f, this.#layout.shape.features[f].realBins);
    if (missing.gradient !== 0 || missing.hessian !== 0) return isLeft;
    return 2 * left.hessian > leaf.total.hessian;
  }

  #findCategorical(
    leaf: LeafToSplit,
    feature: number,
    terms: SplitTerms,
    gainToBeat: number,
  ): Split | null {
    const { offsets, shape } = this.#layout;
    return this.#categorical.find({
      feature,
      entries: this.#heap.i32,
      first: leaf.histogram / 4 + 2 * offsets[feature],
      binCount: shape.features[feature].realBins,
      total: leaf.total,
      terms,
      hessianUnit: this.#scales.hessian,
      gainToBeat,
    });
  }

  /** All of a leaf, as any one feature's bins sum it up. */
  totalOf(histogram: number): Sums {
    const { features } = this.#layout.shape;
    const f = this.#features[0];
    let gradient = 0;
    let hessian = 0;
    for (let bin = 0; bin <= features[f].realBins; bin++) {
      const sums = this.#sumsAt(histogram, f, bin);
      gradient += sums.gradient;
      hessian += sums.hessian;
    }
    return { gradient, hessian };
  }

  #sumsAt(histogram: number, f: number, bin: number): Sums {
    const at = histogram / 4 + 2 * (this.#layout.offsets[f] + bin);
    return { gradient: this.#heap.i32[at + 1], hessian: this.#heap.i32[at] };
  }
}
