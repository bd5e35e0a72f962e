// From features to bins: bins chosen for these rows, or rows put into bins chosen for others.

import type { Features } from '../matrix/feature-matrix.ts';
import { binRows } from './bin-rows.ts';
import { type BinnedFeature, type BinnedFeatures, greatestBinCount } from './binned-features.ts';
import { borrowSite, type KernelSite, returnSite } from './boosting-kernels.ts';
import { BinChooser } from './choose-bins.ts';

export interface BinOptions {
  /** Most bins of a column, 2 to 255, the one of missing values not counted; default 255. */
  readonly maxBins?: number;
  /** For tests: the TypeScript twins instead of the compiled kernels. */
  readonly backend?: 'compiled' | 'twin';
}

/** `x` in bins: numbers cut by quantiles, categories by frequency, columns of one value left out. */
export function binFeatures(x: Features, options: BinOptions = {}): BinnedFeatures {
  return withSite(options, (site) => {
    const chooser = new BinChooser(site, x, options.maxBins ?? greatestBinCount);
    const features: BinnedFeature[] = [];
    for (let column = 0; column < x.columnCount; column++) {
      const feature = chooser.choose(column);
      if (feature !== null) features.push(feature);
    }
    return binned(site, features, x);
  });
}

/** `x` in the bins of other rows: a validation part beside its training part. */
export function binAlike({ features }: BinnedFeatures, x: Features): BinnedFeatures {
  return withSite({}, (site) => binned(site, features, x));
}

function binned(site: KernelSite, features: readonly BinnedFeature[], x: Features): BinnedFeatures {
  const bins = binRows(site, features, x);
  return { rowCount: x.rowCount, columnCount: x.columnCount, features, bins };
}

function withSite<Result>({ backend }: BinOptions, use: (site: KernelSite) => Result): Result {
  const site = borrowSite(backend);
  try {
    return use(site);
  } finally {
    returnSite(site);
  }
}
