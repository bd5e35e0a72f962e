// A ranking of rows by a score, and the two areas under its curves: ROC and precision-recall. One
// sort serves both. The curves' points as data are in ../curves/.

import { sortOrder } from '../numeric/sort-order.ts';

export interface Ranking {
  /** Weight of the positive and of the negative rows. */
  readonly positive: number;
  readonly negative: number;
  /** Area under the ROC curve; NaN unless there are both positives and negatives. */
  readonly rocArea: number;
  /** Sum of precision times gain in recall; 0 without positives. */
  readonly averagePrecision: number;
  /** Area under the precision-recall curve by trapezoids; NaN without positives. */
  readonly precisionRecallArea: number;
}

/** @param positives 1 for a positive row, else 0. @param weights null when all rows count the same. */
export function rankingOf(
  scores: Float64Array,
  positives: Uint8Array,
  weights: Float64Array | null,
): Ranking {
  const areas = { roc: 0, precision: 0, trapezoid: 0, hitsBefore: 0, falseBefore: 0, precise: 1 };
  let hits = 0;
  let falseAlarms = 0;
  eachThreshold(scores, positives, weights, (_, hitsHere, falseHere) => {
    hits = hitsHere;
    falseAlarms = falseHere;
    const precise = hits / (hits + falseAlarms);
    const gain = hits - areas.hitsBefore;
    areas.roc += ((falseAlarms - areas.falseBefore) * (hits + areas.hitsBefore)) / 2;
    areas.precision += gain * precise;
    areas.trapezoid += (gain * (precise + areas.precise)) / 2;
    areas.hitsBefore = hits;
    areas.falseBefore = falseAlarms;
    areas.precise = precise;
  });
  const isRanked = hits > 0 && falseAlarms > 0;
  return {
    positive: hits,
    negative: falseAlarms,
    rocArea: isRanked ? areas.roc / hits / falseAlarms : Number.NaN,
    averagePrecision: hits > 0 ? areas.precision / hits : 0,
    precisionRecallArea: hits > 0 ? areas.trapezoid / hits : Number.NaN,
  };
}

/**
 * Calls `visit` for each distinct score, the highest first, with the weight of the positive (hits)
 * and of the negative rows (false alarms) that score at least as much. Rows of weight 0 are left out.
 */
export function eachThreshold(
  scores: Float64Array,
  positives: Uint8Array,
  weights: Float64Array | null,
  visit: (score: number, hits: number, falseAlarms: number) => void,
): void {
  const order = sortOrder(scores);
  let hits = 0;
  let falseAlarms = 0;
  let score = Number.NaN;
  for (let at = order.length - 1; at >= 0; at--) {
    const row = order[at];
    const weight = weights === null ? 1 : weights[row];
    if (weight === 0) continue;
    if (scores[row] !== score) {
      if (!Number.isNaN(score)) visit(score, hits, falseAlarms);
      score = scores[row];
    }
    if (positives[row] === 1) hits += weight;
    else falseAlarms += weight;
  }
  if (!Number.isNaN(score)) visit(score, hits, falseAlarms);
}
