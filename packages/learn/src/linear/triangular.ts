// Back substitution with an upper triangular matrix given by columns, and a bound on its condition.

import { dot } from './vector-kernels.ts';

/** The solution of R z = b; R has no zero on its diagonal. `b` is overwritten and returned. */
export function solveUpper(r: readonly Float64Array[], b: Float64Array): Float64Array {
  for (let k = r.length - 1; k >= 0; k--) {
    const column = r[k];
    const value = b[k] / column[k];
    b[k] = value;
    for (let i = 0; i < k; i++) b[i] = b[i] - value * column[i];
  }
  return b;
}

/**
 * A number that the ratio of R's largest to its smallest singular value cannot exceed: the product
 * of the Frobenius norms of R and of its inverse. Infinity when R is singular.
 */
export function conditionBound(r: readonly Float64Array[]): number {
  if (r.some((column, k) => column[k] === 0)) return Number.POSITIVE_INFINITY;
  const inverse = r.map((_, k) => {
    const unit = new Float64Array(k + 1);
    unit[k] = 1;
    // Column k of the inverse is zero below the diagonal, so the leading k + 1 rows decide it.
    return solveUpper(r.slice(0, k + 1), unit);
  });
  return frobenius(r) * frobenius(inverse);
}

function frobenius(columns: readonly Float64Array[]): number {
  return Math.sqrt(columns.reduce((sum, column) => sum + dot(column, column), 0));
}
