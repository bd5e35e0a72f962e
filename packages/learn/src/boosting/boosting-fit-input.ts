// From what an estimator's `fit` is given to what boosting takes: checks, bins, the rows to watch.

import { LearnError } from '../errors.ts';
import type { FitOptions } from '../estimator/estimator.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { binAlike, binFeatures } from './bin-mapper.ts';
import type { BoostingParameters } from './boosting-parameters.ts';
import type { BinnedRows } from './fit-data.ts';
import { holdOut } from './hold-out.ts';

export interface FitInput {
  readonly training: BinnedRows;
  readonly watched?: BinnedRows;
}

export interface GivenTarget {
  /** One number a row: target or class code. */
  readonly target: Float64Array;
  /** Whether the target holds class codes. */
  readonly isClasses: boolean;
  /** The target of `options.validation`, in the same terms. */
  readonly validation: Float64Array | null;
}

/** @throws LearnError SHAPE_MISMATCH, PARAMETER_INVALID, and what weights throw. */
export function fitInput(
  x: Features,
  given: GivenTarget,
  parameters: BoostingParameters,
  options: FitOptions,
): FitInput {
  const weights = checkedWeights(options.sampleWeight, x.rowCount);
  checkDirections(parameters.monotonicCst, x.columnCount);
  const binned = binFeatures(x, parameters);
  const training = { binned, rows: null, target: given.target, weights };
  if (options.validation !== undefined && given.validation !== null) {
    const { x: watchedX } = options.validation;
    checkColumns(watchedX.columnCount, x.columnCount);
    const watched = { binned: binAlike(binned, watchedX), rows: null, weights: null };
    return { training, watched: { ...watched, target: given.validation } };
  }
  return parameters.earlyStopping ? withHoldOut(training, given, parameters) : { training };
}

function withHoldOut(
  training: BinnedRows,
  { target, isClasses }: GivenTarget,
  { validationFraction, randomState }: BoostingParameters,
): FitInput {
  const codes = isClasses ? target : null;
  const parts = holdOut(target.length, codes, validationFraction, randomState);
  const { weights } = training;
  const canWatch = parts.watched.some((row) => weights === null || weights[row] > 0);
  const canTrain = parts.training.some((row) => weights === null || weights[row] > 0);
  // With a handful of rows there is none to spare, and all iterations are run.
  if (!canWatch || !canTrain) return { training };
  return {
    training: { ...training, rows: parts.training },
    watched: { ...training, rows: parts.watched },
  };
}

function checkDirections(directions: readonly number[], columnCount: number): void {
  if (directions.length === 0 || directions.length === columnCount) return;
  throw new LearnError(
    'PARAMETER_INVALID',
    `parameter 'monotonicCst' has ${directions.length} directions, and x has ${columnCount} columns; ` +
      'give one direction a column, 0 where any is allowed',
  );
}

function checkColumns(actual: number, expected: number): void {
  if (actual === expected) return;
  throw new LearnError(
    'SHAPE_MISMATCH',
    `the validation features have ${actual} columns, and x has ${expected}; ` +
      'give the same columns in the same order',
  );
}
