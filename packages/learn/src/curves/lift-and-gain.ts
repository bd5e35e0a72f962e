// Cumulative gain and lift as data: what is found when the rows that score highest are taken first.
// Rows of equal score are taken in equal parts, so that their order does not matter.

import { LearnError } from '../errors.ts';
import { eachThreshold } from '../metrics/ranking.ts';
import { type CurveOptions, checkedBinary } from './binary-inputs.ts';

export interface LiftOptions extends CurveOptions {
  /** Number of equal steps of the share of the rows, 1 to 10,000. Default 20. */
  readonly stepCount?: number;
}

export interface LiftPoint {
  /** Share of the rows taken, above 0 to 1. */
  readonly share: number;
  /** Share of the class's rows that are among them; NaN where the class has none. */
  readonly gain: number;
  /** How many times as many as among all rows: gain divided by share. */
  readonly lift: number;
}

/** @throws LearnError DATA_EMPTY, SHAPE_MISMATCH, DATA_NOT_FINITE, PARAMETER_INVALID. */
export function liftAndGain(
  positives: ArrayLike<boolean | number>,
  scores: ArrayLike<number>,
  options: LiftOptions = {},
): readonly LiftPoint[] {
  const stepCount = checkedSteps(options.stepCount ?? 20);
  const inputs = checkedBinary(positives, scores, options);
  const taken = [0];
  const found = [0];
  eachThreshold(inputs.scores, inputs.positives, inputs.weights, (_, hits, falseAlarms) => {
    taken.push(hits + falseAlarms);
    found.push(hits);
  });
  const all = taken[taken.length - 1];
  const hits = found[found.length - 1];
  let at = 1;
  return Array.from({ length: stepCount }, (_, i) => {
    const share = (i + 1) / stepCount;
    while (at < taken.length - 1 && taken[at] < share * all) at++;
    const part = (share * all - taken[at - 1]) / (taken[at] - taken[at - 1]);
    const gain = (found[at - 1] + part * (found[at] - found[at - 1])) / hits;
    return { share, gain, lift: gain / share };
  });
}

function checkedSteps(stepCount: number): number {
  if (Number.isInteger(stepCount) && stepCount >= 1 && stepCount <= 10_000) return stepCount;
  throw new LearnError(
    'PARAMETER_INVALID',
    `stepCount is ${stepCount}: expected a whole number from 1 to 10000`,
  );
}
