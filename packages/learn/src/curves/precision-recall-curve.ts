// The precision-recall curve as data, point for point scikit-learn's `precision_recall_curve`.

import { eachThreshold } from '../metrics/ranking.ts';
import { type CurveOptions, checkedBinary } from './binary-inputs.ts';

export interface PrecisionRecallCurve {
  /** One more than the thresholds: the last is 1, by convention. */
  readonly precision: readonly number[];
  /** Descending; one more than the thresholds: the last is 0. All 1 where the class has no rows. */
  readonly recall: readonly number[];
  /** Ascending scores; a row is predicted positive from the threshold on. */
  readonly thresholds: readonly number[];
}

/** @throws LearnError DATA_EMPTY, SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE. */
export function precisionRecallCurve(
  positives: ArrayLike<boolean | number>,
  scores: ArrayLike<number>,
  options: CurveOptions = {},
): PrecisionRecallCurve {
  const inputs = checkedBinary(positives, scores, options);
  const thresholds: number[] = [];
  const precision: number[] = [];
  const found: number[] = [];
  eachThreshold(inputs.scores, inputs.positives, inputs.weights, (threshold, hits, falseAlarms) => {
    thresholds.push(threshold);
    precision.push(hits / (hits + falseAlarms));
    found.push(hits);
  });
  const all = found[found.length - 1];
  const recall = found.map((hits) => (all === 0 ? 1 : hits / all));
  return {
    precision: [...precision.reverse(), 1],
    recall: [...recall.reverse(), 0],
    thresholds: thresholds.reverse(),
  };
}
