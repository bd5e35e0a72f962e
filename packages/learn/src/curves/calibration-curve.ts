// The calibration curve (reliability diagram) as data, scikit-learn's `calibration_curve`.

import { LearnError } from '../errors.ts';
import { linearQuantile } from '../numeric/quantile.ts';
import { checkedBinary } from './binary-inputs.ts';

export interface CalibrationOptions {
  /** Number of bins of the probability, 1 to 1,000. Default 10. */
  readonly binCount?: number;
  /** Bins of equal width, or with equally many rows. Default 'uniform'. */
  readonly strategy?: 'uniform' | 'quantile';
}

/** One entry a bin that has rows, in ascending order. */
export interface CalibrationCurve {
  /** Mean probability of the bin's rows. */
  readonly predicted: readonly number[];
  /** Share of the bin's rows that are of the class. */
  readonly observed: readonly number[];
  readonly counts: readonly number[];
}

/**
 * @param probabilities 0 to 1, one a row.
 * @throws LearnError DATA_EMPTY, SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE for what is no
 * probability, PARAMETER_INVALID.
 */
export function calibrationCurve(
  positives: ArrayLike<boolean | number>,
  probabilities: ArrayLike<number>,
  { binCount = 10, strategy = 'uniform' }: CalibrationOptions = {},
): CalibrationCurve {
  checkBinCount(binCount);
  const { positives: truth, scores } = checkedBinary(positives, probabilities, {});
  const bad = scores.findIndex((value) => value < 0 || value > 1);
  if (bad >= 0) throw noProbability(scores[bad], bad);
  const edges = innerEdges(scores, binCount, strategy);
  const bins = Array.from({ length: binCount }, () => ({ count: 0, sum: 0, hits: 0 }));
  scores.forEach((score, i) => {
    const bin = bins[countBelow(edges, score)];
    bin.count++;
    bin.sum += score;
    bin.hits += truth[i];
  });
  const filled = bins.filter(({ count }) => count > 0);
  return {
    predicted: filled.map(({ sum, count }) => sum / count),
    observed: filled.map(({ hits, count }) => hits / count),
    counts: filled.map(({ count }) => count),
  };
}

/** Bin i holds edge[i - 1] < x ≤ edge[i]. */
function innerEdges(
  scores: Float64Array,
  binCount: number,
  strategy: 'uniform' | 'quantile',
): readonly number[] {
  const shares = Array.from({ length: binCount - 1 }, (_, i) => (i + 1) * (1 / binCount));
  if (strategy === 'uniform') return shares;
  const sorted = scores.toSorted();
  return shares.map((share) => linearQuantile(sorted, share));
}

/** How many of the ascending edges are below the value. */
function countBelow(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkBinCount(binCount: number): void {
  if (Number.isInteger(binCount) && binCount >= 1 && binCount <= 1000) return;
  throw new LearnError(
    'PARAMETER_INVALID',
    `binCount is ${binCount}: expected a whole number from 1 to 1000`,
  );
}

function noProbability(value: number, row: number): LearnError {
  return new LearnError(
    'DATA_OUT_OF_RANGE',
    `the probability at index ${row} (from 0) is ${value}: expected 0 to 1`,
  );
}
