// SHAP values of a linear model with independent features (Lundberg and Lee 2017, corollary 1): exact,
// because each feature adds its own term.

import { LearnError } from '../errors.ts';
import type { FittedLinearModel } from '../linear/fitted-linear-model.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { mean } from '../numeric/sum.ts';

export interface LinearShap {
  /** The mean prediction of the background. */
  readonly baseValue: number;
  /** Row i, column j is at `i * columnCount + j`; base value and a row's values add up to its prediction. */
  readonly values: Float64Array;
}

/**
 * @param x the rows to explain. @param background the rows that "usual" is taken from.
 * @throws LearnError SHAPE_MISMATCH when either has another number of columns than the model.
 */
export function linearShap(model: FittedLinearModel, x: Matrix, background: Matrix): LinearShap {
  const { coefficients, columnCount } = model;
  for (const matrix of [x, background]) checkColumns(matrix, columnCount);
  const means = coefficients.map((_, j) => mean(background.column(j)));
  const values = x.values.map((value, at) => {
    const j = at % columnCount;
    return coefficients[j] * (value - means[j]);
  });
  const baseValue = coefficients.reduce(
    (sum, coefficient, j) => sum + coefficient * means[j],
    model.intercept,
  );
  return { baseValue, values };
}

function checkColumns({ columnCount }: Matrix, expected: number): void {
  if (columnCount === expected) return;
  throw new LearnError(
    'SHAPE_MISMATCH',
    `the rows have ${columnCount} columns, and the model was fitted on ${expected}`,
  );
}
