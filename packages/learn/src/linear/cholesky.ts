// Solves a symmetric positive definite system by Cholesky's factorization (Golub and Van Loan, 4th
// ed., algorithm 4.2.1), or says that the matrix is too near to singular for it.

import { dot } from './vector-kernels.ts';

// A pivot is what the columns before it leave of the diagonal. Below this share of it, six digits and
// more are gone; scaling the columns does not change the share (van der Sluis 1969).
const smallestPivotShare = 1e-6;

/** The solution of A z = b, or null. `rows` holds A's lower triangle: row `i` has i + 1 values. */
export function solveCholesky(rows: readonly Float64Array[], b: Float64Array): Float64Array | null {
  if (!factorize(rows)) return null;
  const z = Float64Array.from(b);
  rows.forEach((row, i) => {
    for (let k = 0; k < i; k++) z[i] = z[i] - row[k] * z[k];
    z[i] = z[i] / row[i];
  });
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    z[i] = z[i] / row[i];
    for (let k = 0; k < i; k++) z[k] = z[k] - row[k] * z[i];
  }
  return z;
}

/** Overwrites A with its factor L; false when a pivot is too small. */
function factorize(rows: readonly Float64Array[]): boolean {
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j < i; j++) {
      const other = rows[j];
      row[j] = (row[j] - dot(row, other, 0, j)) / other[j];
    }
    const diagonal = row[i];
    const pivot = diagonal - dot(row, row, 0, i);
    if (!(pivot > smallestPivotShare * diagonal)) return false;
    row[i] = Math.sqrt(pivot);
  }
  return true;
}
