// Categorical columns as bins: levels in the order of their mean target, which makes the best subset
// a prefix for regression and two classes (Fisher 1958; Breiman et al. 1984). The order is found once
// for the whole column, as in Wright and König (2019): as good as an order a node, and far cheaper.

import { type CategoricalBins, maxValueBins, missingBin } from './column-bins.ts';
import { levelScores } from './level-scores.ts';

/** What categories are ordered by: `width` numbers a row (a target, or one indicator a class). */
export interface OrderTarget {
  readonly width: number;
  /** The number at (row, k) times the row's weight. */
  readonly add: (row: number, sums: Float64Array, at: number) => void;
  /** The weight of a row. */
  readonly weight: (row: number) => number;
}

/** Bins the column's codes into `codes`; NaN is missing. */
export function binCategories(
  values: Float64Array,
  levelCount: number,
  target: OrderTarget,
  codes: Uint8Array,
): CategoricalBins {
  const slotOf = slotsByFrequency(values, levelCount);
  const slotCount = Math.min(levelCount, maxValueBins);
  const binOfSlot = ranked(levelScores(values, slotOf, slotCount, target));
  const codesOf: number[][] = Array.from({ length: slotCount }, () => []);
  slotOf.forEach((slot, code) => {
    codesOf[binOfSlot[slot]].push(code);
  });
  for (let i = 0; i < codes.length; i++) {
    codes[i] = Number.isNaN(values[i]) ? missingBin : binOfSlot[slotOf[values[i]]];
  }
  const hasRest = levelCount > maxValueBins;
  return { kind: 'categorical', codesOf, restBin: hasRest ? binOfSlot[slotCount - 1] : -1 };
}

/** The slot of each level: its own for the most frequent, the last one for all others. */
function slotsByFrequency(values: Float64Array, levelCount: number): Int32Array {
  if (levelCount <= maxValueBins) return new Int32Array(levelCount).map((_, code) => code);
  const counts = new Float64Array(levelCount);
  for (const code of values) if (!Number.isNaN(code)) counts[code]++;
  const order = Array.from(counts, (_, code) => code).sort(
    (a, b) => counts[b] - counts[a] || a - b,
  );
  const slots = new Int32Array(levelCount).fill(maxValueBins - 1);
  for (let slot = 0; slot < maxValueBins - 1; slot++) slots[order[slot]] = slot;
  return slots;
}

/** The place of each slot when they are put in ascending order of their scores. */
function ranked(scores: Float64Array): Int32Array {
  const order = Array.from(scores, (_, slot) => slot).sort(
    (a, b) => scores[a] - scores[b] || a - b,
  );
  const ranks = new Int32Array(scores.length);
  order.forEach((slot, rank) => {
    ranks[slot] = rank;
  });
  return ranks;
}
