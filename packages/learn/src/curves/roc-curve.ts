// The ROC curve as data, point for point scikit-learn's `roc_curve`.

import { eachThreshold } from '../metrics/ranking.ts';
import { type CurveOptions, checkedBinary } from './binary-inputs.ts';

export interface RocCurve {
  /** Share of the other rows that score at least the threshold; ascending from 0 to 1. */
  readonly falsePositiveRate: readonly number[];
  /** Share of the class's rows that score at least the threshold; NaN where the class has no rows. */
  readonly truePositiveRate: readonly number[];
  /** Descending from infinity, which no row reaches. */
  readonly thresholds: readonly number[];
}

export interface RocOptions extends CurveOptions {
  /** Whether points on a straight line between their neighbours are kept. Default false. */
  readonly keepCollinear?: boolean;
}

/** @throws LearnError DATA_EMPTY, SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE. */
export function rocCurve(
  positives: ArrayLike<boolean | number>,
  scores: ArrayLike<number>,
  options: RocOptions = {},
): RocCurve {
  const inputs = checkedBinary(positives, scores, options);
  const points: Point[] = [];
  eachThreshold(inputs.scores, inputs.positives, inputs.weights, (threshold, hits, falseAlarms) => {
    points.push({ threshold, hits, falseAlarms });
  });
  const kept = options.keepCollinear === true ? points : points.filter(isCorner);
  kept.unshift({ threshold: Number.POSITIVE_INFINITY, hits: 0, falseAlarms: 0 });
  const last = kept[kept.length - 1];
  return {
    falsePositiveRate: kept.map(({ falseAlarms }) => falseAlarms / last.falseAlarms),
    truePositiveRate: kept.map(({ hits }) => hits / last.hits),
    thresholds: kept.map(({ threshold }) => threshold),
  };
}

interface Point {
  readonly threshold: number;
  readonly hits: number;
  readonly falseAlarms: number;
}

/** The first and the last point, and those where the curve changes its direction. */
function isCorner(point: Point, at: number, points: readonly Point[]): boolean {
  const before = points[at - 1];
  const after = points[at + 1];
  if (before === undefined || after === undefined) return true;
  const turns = (of: 'hits' | 'falseAlarms') => after[of] - point[of] !== point[of] - before[of];
  return turns('hits') || turns('falseAlarms');
}
