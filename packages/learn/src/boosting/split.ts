// What a split is, and the arithmetic of gains and leaf values. Sums are in the integers of the
// histograms (a gradient's scale and a hessian's scale away from the loss's own units).

export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
}

export interface Split {
  /** Position among the binned features. */
  readonly feature: number;
  /** Last bin that goes left; -1 for a categorical split. */
  readonly bin: number;
  /** Bins that go left; empty for a numeric split. */
  readonly leftBins: readonly number[];
  readonly missingLeft: boolean;
  /** In the integers' units, the parent's own taken off; above 0. */
  readonly gain: number;
  readonly left: Sums;
}

/** Penalties and bounds in the integers' units. */
export interface SplitTerms {
  readonly l1: number;
  readonly l2: number;
  /** Least hessian of a child. */
  readonly least: number;
  /** Gain above the parent's that a split needs. */
  readonly minGain: number;
  /** Least and greatest value of the leaf, infinite where nothing is monotone. */
  readonly lowest: number;
  readonly highest: number;
  /** Hessian a row, by which hessian sums stand for numbers of rows. */
  readonly hessianPerRow: number;
}

/** The gradient sum drawn towards 0 by the L1 penalty. */
export function shrunk(gradient: number, l1: number): number {
  if (gradient > l1) return gradient - l1;
  return gradient < -l1 ? gradient + l1 : 0;
}

/** The Newton step of a leaf within its bounds (Chen and Guestrin 2016, eq. 5, with an L1 penalty). */
export function leafStep({ gradient, hessian }: Sums, terms: SplitTerms): number {
  const step = -shrunk(gradient, terms.l1) / (hessian + terms.l2);
  const bounded = Math.min(Math.max(step, terms.lowest), terms.highest);
  return Number.isNaN(bounded) ? 0 : bounded;
}

/** What a leaf of that value takes off the loss, twice (eq. 6). */
export function leafGain({ gradient, hessian }: Sums, terms: SplitTerms): number {
  return gainOf(gradient, hessian, terms, 0);
}

/** The same of plain numbers, with a further L2 penalty: called for every group of categories. */
export function gainOf(
  gradient: number,
  hessian: number,
  terms: SplitTerms,
  extraL2: number,
): number {
  const { l1, lowest, highest } = terms;
  const towards0 = shrunk(gradient, l1);
  const weight = hessian + terms.l2 + extraL2;
  if (!(weight > 0)) return 0;
  if (lowest === Number.NEGATIVE_INFINITY && highest === Number.POSITIVE_INFINITY) {
    return (towards0 * towards0) / weight;
  }
  const step = Math.min(Math.max(-towards0 / weight, lowest), highest);
  return -(2 * towards0 * step + weight * step * step);
}

/** What is left of `whole` without `part`. */
export function without(whole: Sums, part: Sums): Sums {
  return { gradient: whole.gradient - part.gradient, hessian: whole.hessian - part.hessian };
}
