// Ridge regression on centred data. As scikit-learn does, it solves the normal equations by
// Cholesky's factorization: of XᵀX + alpha I, or of the smaller XXᵀ + alpha I when the data are wide
// (Hastie, Tibshirani and Friedman, Elements of Statistical Learning, 2nd ed., equations 3.44 and
// 18.15). Where that would lose digits, the singular values take over.

import { solveCholesky } from './cholesky.ts';
import { gramOf } from './gram.ts';
import { solveLeastSquares } from './least-squares.ts';
import { solveSpectral } from './spectral-solve.ts';
import { addScaled, dot } from './vector-kernels.ts';

/**
 * The coefficients that minimise |X w - y|² + alpha |w|². Alpha 0 is least squares, with its
 * solution of minimum norm. Overwrites its arguments.
 */
export function solveRidge(
  columns: readonly Float64Array[],
  target: Float64Array,
  alpha: number,
): Float64Array {
  if (alpha === 0) return solveLeastSquares(columns, target);
  const wide = columns.length > target.length;
  const solution = wide ? solveDual(columns, target, alpha) : solvePrimal(columns, target, alpha);
  return solution ?? solveSpectral(columns, target, alpha, 0);
}

function solvePrimal(
  columns: readonly Float64Array[],
  target: Float64Array,
  alpha: number,
): Float64Array | null {
  const gram = gramOf(columns);
  const right = Float64Array.from(columns, (column) => dot(column, target));
  return solveCholesky(penalized(gram, alpha), right);
}

function solveDual(
  columns: readonly Float64Array[],
  target: Float64Array,
  alpha: number,
): Float64Array | null {
  const gram = Array.from(target, (_, i) => {
    const row = new Float64Array(i + 1);
    for (const column of columns) addScaled(row, column[i], column);
    return row;
  });
  const dual = solveCholesky(penalized(gram, alpha), target);
  return dual && Float64Array.from(columns, (column) => dot(column, dual));
}

function penalized(gram: readonly Float64Array[], alpha: number): readonly Float64Array[] {
  gram.forEach((row, i) => {
    row[i] = row[i] + alpha;
  });
  return gram;
}
