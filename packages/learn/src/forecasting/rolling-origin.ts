// Splits for forecasts: train on all that was before a point in time, test on the steps after it, and
// move the point on. No row of the future is ever in a training part.

import { LearnError } from '../errors.ts';
import type { TrainTestSplit } from '../split/train-test-split.ts';

export interface RollingOriginOptions {
  /** Number of points in time that a test part covers, 1 or more. */
  readonly horizon: number;
  /** Number of splits, 1 or more. */
  readonly folds: number;
  /** Points in time from one test part to the next; default the horizon. */
  readonly step?: number;
  /** Points in time that the first training part has at least; default 1. */
  readonly minTrain?: number;
}

/**
 * The splits, the earliest first; the last one tests the last points in time. Rows of all series are
 * split at the same times, each part in the order of the rows.
 * @throws LearnError PARAMETER_INVALID, SPLIT_IMPOSSIBLE where there are too few points in time.
 */
export function rollingOriginSplits(
  times: Float64Array,
  { horizon, folds, step = horizon, minTrain = 1 }: RollingOriginOptions,
): readonly TrainTestSplit[] {
  for (const [what, value] of Object.entries({ horizon, folds, step, minTrain })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new LearnError(
      'PARAMETER_INVALID',
      `${what} is ${value}; expected a whole number from 1 on`,
    );
  }
  const points = Float64Array.from(new Set(times)).sort();
  const needed = minTrain + (folds - 1) * step + horizon;
  if (points.length < needed) {
    throw new LearnError(
      'SPLIT_IMPOSSIBLE',
      `there are ${points.length} points in time, and ${folds} folds of horizon ${horizon} need ${needed}; ` +
        'give fewer folds or a shorter horizon',
    );
  }
  return Array.from({ length: folds }, (_, fold) => {
    const end = points.length - (folds - 1 - fold) * step;
    const from = points[end - horizon];
    const to = points[end - 1];
    return {
      train: rowsWhere(times, (time) => time < from),
      test: rowsWhere(times, (time) => time >= from && time <= to),
    };
  });
}

function rowsWhere(times: Float64Array, isIn: (time: number) => boolean): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < times.length; row++) if (isIn(times[row])) rows.push(row);
  return Int32Array.from(rows);
}
