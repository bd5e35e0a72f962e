// The two ways to hold a least-squares problem for coordinate descent: by the Gram matrix, where a
// step costs as much as there are columns, and by the residuals, where it costs as much as there are
// rows. Both give the same numbers up to rounding.

import { gramOf } from './gram.ts';
import { addScaled, dot } from './vector-kernels.ts';

/** |y - X w|² as it changes with w, which starts at 0. */
export interface CoordinateProblem {
  /** |y|². */
  readonly targetSquares: number;
  /** |x_j|² of each column. */
  readonly columnSquares: Float64Array;
  /** x_j · (y - X w). */
  pull(j: number): number;
  /** Adds `delta` to w_j. */
  shift(j: number, delta: number): void;
  /** |y - X w|² and y · (y - X w) at `w`, which must be where the shifts have led. */
  residual(w: Float64Array): { readonly squares: number; readonly dotTarget: number };
}

/** Above this many columns the Gram matrix would take more than 128 MiB. */
const maxGramColumns = 4096;

export function coordinateProblem(
  columns: readonly Float64Array[],
  target: Float64Array,
): CoordinateProblem {
  const isTall = target.length >= columns.length && columns.length <= maxGramColumns;
  return isTall ? byGram(columns, target) : byResiduals(columns, target);
}

export function byGram(columns: readonly Float64Array[], target: Float64Array): CoordinateProblem {
  const gram = mirrored(gramOf(columns));
  const right = Float64Array.from(columns, (column) => dot(column, target));
  const pulls = Float64Array.from(right);
  const targetSquares = dot(target, target);
  return {
    targetSquares,
    columnSquares: Float64Array.from(gram, (row, j) => row[j]),
    pull: (j) => pulls[j],
    shift: (j, delta) => addScaled(pulls, -delta, gram[j]),
    residual: (w) => {
      const dotTarget = targetSquares - dot(w, right);
      return { squares: Math.max(0, dotTarget - dot(w, pulls)), dotTarget };
    },
  };
}

export function byResiduals(
  columns: readonly Float64Array[],
  target: Float64Array,
): CoordinateProblem {
  const residuals = Float64Array.from(target);
  return {
    targetSquares: dot(target, target),
    columnSquares: Float64Array.from(columns, (column) => dot(column, column)),
    pull: (j) => dot(columns[j], residuals),
    shift: (j, delta) => addScaled(residuals, -delta, columns[j]),
    residual: () => ({ squares: dot(residuals, residuals), dotTarget: dot(target, residuals) }),
  };
}

/** A lower triangle as the full symmetric matrix. */
function mirrored(triangle: readonly Float64Array[]): readonly Float64Array[] {
  return triangle.map((row, i) => {
    const full = new Float64Array(triangle.length);
    full.set(row);
    for (let j = i + 1; j < full.length; j++) full[j] = triangle[j][i];
    return full;
  });
}
