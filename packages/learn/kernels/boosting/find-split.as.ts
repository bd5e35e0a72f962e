// The best numeric split of a leaf: a walk over each feature's bins with the sums to their left.
// All sums are in the integers of the histogram, so gains are too, up to one common factor.

import { findConstrainedSplit } from './constrained-split.as';
import {
  bestBin,
  bestFeature,
  bestGain,
  bestLeft,
  bestMissingLeft,
  scanLanes,
  startSearch,
} from './split-search.as';

// Of a feature: six int32, as src/boosting/find-split.ts writes them.
const featureBytes: usize = 24;

/**
 * `features` lists `featureCount` features: position of the first entry, number of real bins (the bin
 * of missing values comes after them), first and last bin to cut behind, direction (monotone).
 * `settings` (float64): gradient sum, hessian sum, l1, l2, least hessian of a child, gain to beat,
 * least and greatest value of a leaf, whether those two or directions are in force.
 * `found` (float64) receives: gain, or what it was to beat; index in `features`, or -1; bin, missing
 * goes left (1 or 0), gradient sum and hessian sum of the left side.
 */
export function findNumericSplit(
  histogram: usize,
  features: usize,
  featureCount: i32,
  settings: usize,
  found: usize,
): void {
  startSearch(settings);
  if (load<f64>(settings, 64) !== 0) {
    findConstrainedSplit(histogram, features, featureCount, settings);
  } else {
    findFreeSplit(histogram, features, featureCount);
  }
  store<f64>(found, bestGain);
  store<f64>(found, <f64>bestFeature, 8);
  store<f64>(found, <f64>bestBin, 16);
  store<f64>(found, bestMissingLeft ? 1 : 0, 24);
  store<f64>(found, <f64>(<i32>(bestLeft >> 32)), 32);
  store<f64>(found, <f64>(<i32>bestLeft), 40);
}

// A feature with missing values fills both lanes, with those right and with those left; of features
// without, two are walked at once.
function findFreeSplit(histogram: usize, features: usize, featureCount: i32): void {
  let waiting: i32 = -1;
  for (let f: i32 = 0; f < featureCount; f++) {
    const feature = features + <usize>f * featureBytes;
    const entries = entriesOf(histogram, feature);
    const missing = load<i64>(entries + ((<usize>load<i32>(feature, 4)) << 3));
    if (missing !== 0) {
      const start = i64x2(0, missing);
      const from = load<i32>(feature, 8);
      scanLanes(entries, entries, start, from, load<i32>(feature, 12), f, f, true);
    } else if (waiting < 0) {
      waiting = f;
    } else {
      findInPair(histogram, features, waiting, f);
      waiting = -1;
    }
  }
  if (waiting >= 0) findAlone(histogram, features, waiting);
}

function findInPair(histogram: usize, features: usize, a: i32, b: i32): void {
  const first = features + <usize>a * featureBytes;
  const second = features + <usize>b * featureBytes;
  const end = load<i32>(first, 12);
  // Only features with the same range go together.
  if (load<i32>(first, 8) !== load<i32>(second, 8) || end !== load<i32>(second, 12)) {
    findAlone(histogram, features, a);
    findAlone(histogram, features, b);
    return;
  }
  const start = i64x2.splat(0);
  const from = load<i32>(first, 8);
  scanLanes(
    entriesOf(histogram, first),
    entriesOf(histogram, second),
    start,
    from,
    end,
    a,
    b,
    false,
  );
}

function findAlone(histogram: usize, features: usize, f: i32): void {
  const feature = features + <usize>f * featureBytes;
  const entries = entriesOf(histogram, feature);
  // Both lanes alike: the second never gains more than the first.
  const start = i64x2.splat(0);
  scanLanes(entries, entries, start, load<i32>(feature, 8), load<i32>(feature, 12), f, f, false);
}

function entriesOf(histogram: usize, feature: usize): usize {
  return histogram + ((<usize>load<i32>(feature)) << 3);
}
