// Householder's QR factorization (Golub and Van Loan, Matrix Computations, 4th ed., algorithms 5.1.1
// and 5.2.1). It brings a tall least-squares problem down to a square triangular one with the same
// solutions and the same singular values, without ever squaring the condition number.

import { addScaled, dot } from './vector-kernels.ts';

export interface TriangularProblem {
  /** R by columns, p by p: column `k` holds rows 0 to p - 1, zero below the diagonal. */
  readonly r: readonly Float64Array[];
  /** The first p values of Qᵀ times the target. */
  readonly target: Float64Array;
}

/** Overwrites `columns` and `target`. Needs at least as many rows as columns. */
export function reduceToTriangle(
  columns: readonly Float64Array[],
  target: Float64Array,
): TriangularProblem {
  const size = columns.length;
  const diagonal = new Float64Array(size);
  columns.forEach((column, k) => {
    diagonal[k] = reflect(column, k, [...columns.slice(k + 1), target]);
  });
  const r = columns.map((column, k) => {
    const upper = column.slice(0, size).fill(0, k);
    upper[k] = diagonal[k];
    return upper;
  });
  return { r, target: target.slice(0, size) };
}

/**
 * Makes the reflection that clears `column` below index `k`, applies it to `others`, and returns the
 * value that the column has at `k` after it.
 */
function reflect(column: Float64Array, k: number, others: readonly Float64Array[]): number {
  const head = column[k];
  const norm = Math.sqrt(dot(column, column, k));
  if (norm === 0) return 0;
  // The sign is the one that adds: subtracting nearly equal numbers would lose their digits.
  const reflected = head > 0 ? -norm : norm;
  column[k] = head - reflected;
  const factor = 2 / dot(column, column, k);
  for (const other of others) addScaled(other, -factor * dot(column, other, k), column, k);
  return reflected;
}
