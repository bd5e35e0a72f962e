// Ordinary least squares. Data of full rank are solved by Householder's QR; where the rank is in
// doubt, the singular values decide, with the cutoff of scikit-learn's LinearRegression.

import { reduceToTriangle } from './householder-qr.ts';
import { solveSpectral } from './spectral-solve.ts';
import { conditionBound, solveUpper } from './triangular.ts';

/** scikit-learn's `tol`: directions with a singular value this small beside the largest count as none. */
export const rankCutoff = 1e-6;

/** The coefficients of minimum norm that minimise |X w - y|. Overwrites its arguments. */
export function solveLeastSquares(
  columns: readonly Float64Array[],
  target: Float64Array,
): Float64Array {
  if (target.length < columns.length) return solveSpectral(columns, target, 0, rankCutoff);
  const triangle = reduceToTriangle(columns, target);
  // Below the bound no singular value can fall to the cutoff, so both ways have the same solution,
  // and this one takes a fraction of the time.
  if (conditionBound(triangle.r) < 1 / rankCutoff) return solveUpper(triangle.r, triangle.target);
  return solveSpectral(triangle.r, triangle.target, 0, rankCutoff);
}
