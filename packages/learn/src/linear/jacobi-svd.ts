// The singular value decomposition by one-sided Jacobi rotations (Hestenes 1958; Golub and Van Loan,
// 4th ed., section 8.6.3; Drmač and Veselić 2008 for its accuracy). Chosen over the faster
// bidiagonal methods because it is short and gives small singular values to high relative accuracy.

import { dot, rotate } from './vector-kernels.ts';

export interface SingularValueDecomposition {
  /** A V by columns: orthogonal, column `i` has the norm `values[i]`. */
  readonly scaledLeft: readonly Float64Array[];
  /** The singular values, in no order. */
  readonly values: Float64Array;
  /** V by columns: orthonormal. */
  readonly right: readonly Float64Array[];
}

// Jacobi converges quadratically, in fewer than ten sweeps on anything practical. After sixty only
// rounding is left to rotate.
const maxSweeps = 60;

/** Decomposes the matrix with these columns, which are overwritten. Best with rows >= columns. */
export function decompose(columns: readonly Float64Array[]): SingularValueDecomposition {
  const right = columns.map((_, j) => {
    const unit = new Float64Array(columns.length);
    unit[j] = 1;
    return unit;
  });
  let rotated = true;
  for (let sweep = 0; rotated && sweep < maxSweeps; sweep++) rotated = sweepOnce(columns, right);
  return {
    scaledLeft: columns,
    values: Float64Array.from(columns, (column) => Math.sqrt(dot(column, column))),
    right,
  };
}

/** Makes each pair of columns orthogonal once; false when every pair was so already. */
function sweepOnce(columns: readonly Float64Array[], right: readonly Float64Array[]): boolean {
  let rotated = false;
  for (let i = 0; i < columns.length; i++) {
    for (let j = i + 1; j < columns.length; j++) {
      if (orthogonalize(columns, right, i, j)) rotated = true;
    }
  }
  return rotated;
}

function orthogonalize(
  columns: readonly Float64Array[],
  right: readonly Float64Array[],
  i: number,
  j: number,
): boolean {
  const a = columns[i];
  const b = columns[j];
  const aa = dot(a, a);
  const bb = dot(b, b);
  const ab = dot(a, b);
  if (Math.abs(ab) <= Number.EPSILON * Math.sqrt(a.length) * Math.sqrt(aa) * Math.sqrt(bb)) {
    return false;
  }
  // The smaller root of t² + 2 zeta t - 1 = 0 turns by at most 45 degrees, which convergence needs.
  const zeta = (bb - aa) / (2 * ab);
  const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cos = 1 / Math.sqrt(1 + tangent * tangent);
  rotate(a, b, cos, cos * tangent);
  rotate(right[i], right[j], cos, cos * tangent);
  return true;
}
