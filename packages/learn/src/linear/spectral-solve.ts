// Least squares with an L2 penalty through the singular values: works for every shape and rank, and
// gives the solution of minimum norm. The other solvers are shortcuts for data that are kind.

import { reduceToTriangle } from './householder-qr.ts';
import { decompose } from './jacobi-svd.ts';
import { addScaled, dot } from './vector-kernels.ts';

/**
 * The coefficients that minimise |X w - y|² + alpha |w|², taking singular values of at most `cutoff`
 * times the largest for zero. Overwrites `columns` and `target`.
 */
export function solveSpectral(
  columns: readonly Float64Array[],
  target: Float64Array,
  alpha: number,
  cutoff: number,
): Float64Array {
  if (target.length >= columns.length) {
    const triangle = reduceToTriangle(columns, target);
    const { scaledLeft, values, right } = decompose(triangle.r);
    return combine(scaledLeft, right, values, triangle.target, alpha, cutoff);
  }
  // A wide matrix is decomposed by its rows, so that left and right change places.
  const { scaledLeft, values, right } = decompose(transpose(columns, target.length));
  return combine(right, scaledLeft, values, target, alpha, cutoff);
}

/** The sum of `onto[i]` times (`from[i]` · target) / (sᵢ² + alpha); one of the two carries sᵢ. */
function combine(
  from: readonly Float64Array[],
  onto: readonly Float64Array[],
  singularValues: Float64Array,
  target: Float64Array,
  alpha: number,
  cutoff: number,
): Float64Array {
  const smallest = cutoff * singularValues.reduce((most, value) => Math.max(most, value), 0);
  const solution = new Float64Array(onto[0]?.length ?? 0);
  singularValues.forEach((value, i) => {
    if (value <= smallest) return;
    const weight = dot(from[i], target) / (value * value + alpha);
    addScaled(solution, weight, onto[i]);
  });
  return solution;
}

function transpose(columns: readonly Float64Array[], rowCount: number): Float64Array[] {
  return Array.from({ length: rowCount }, (_, i) =>
    Float64Array.from(columns, (column) => column[i]),
  );
}
