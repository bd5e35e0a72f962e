// The check that every fitted model makes before it predicts.

import { LearnError } from '../errors.ts';

/** @throws LearnError SHAPE_MISMATCH unless `x` has as many columns as the model was fitted on. */
export function checkColumnCount(x: { readonly columnCount: number }, expected: number): void {
  if (x.columnCount === expected) return;
  throw new LearnError(
    'SHAPE_MISMATCH',
    `the matrix has ${x.columnCount} columns, and the model was fitted on ${expected}; ` +
      'give the same columns in the same order',
  );
}
