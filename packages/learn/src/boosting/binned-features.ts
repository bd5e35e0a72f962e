// Features as bins, one byte a value: what boosting works on. Made once by bin-mapper and shared by as
// many fits as like it, in this thread or others.

export interface BinnedNumeric {
  readonly kind: 'numeric';
  /** Index of the column in the features that were binned. */
  readonly column: number;
  /** Ascending; x is in bin i when t[i-1] < fround(x) ≤ t[i]. */
  readonly thresholds: Float32Array;
  /** Bins of values: `thresholds.length + 1`. Missing values are in the bin after them. */
  readonly realBins: number;
}

export interface BinnedCategorical {
  readonly kind: 'categorical';
  readonly column: number;
  /** The code of each bin, frequent ones first; all other codes are with the missing values. */
  readonly codes: Int32Array;
  readonly realBins: number;
}

export type BinnedFeature = BinnedNumeric | BinnedCategorical;

/** Plain data, so that it can be posted to a worker; the bins themselves are then shared. */
export interface BinnedFeatures {
  readonly rowCount: number;
  /** Columns of the features, those without a second value included. */
  readonly columnCount: number;
  /** The columns that can be split, in their order. */
  readonly features: readonly BinnedFeature[];
  /** Column by column: the bin of row i in feature f is at `f * rowCount + i`. */
  readonly bins: Uint8Array;
}

/** One less than a byte holds, as missing values need a bin too. */
export const greatestBinCount = 255;
