// Coordinate descent for the lasso and the elastic net (Friedman, Hastie and Tibshirani 2010,
// "Regularization paths for generalized linear models via coordinate descent", section 2), with
// scikit-learn's order of steps and its end by the duality gap.

import type { CoordinateProblem } from './coordinate-problem.ts';

export interface DescentOptions {
  /** Factor of |w|₁ beside half of |y - X w|². Above 0. */
  readonly l1: number;
  /** Factor of half of |w|². */
  readonly l2: number;
  /** Of the largest change in a pass, and of the duality gap beside |y|². */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly shouldStop: () => boolean;
}

/** The w that minimises 1/2 |y - X w|² + l1 |w|₁ + l2/2 |w|². Uses up the problem. */
export function descend(problem: CoordinateProblem, options: DescentOptions): Float64Array {
  const w = new Float64Array(problem.columnSquares.length);
  for (let pass = 0; pass < options.maxIterations; pass++) {
    const { largestChange, largest } = passOver(problem, w, options);
    const isSettled = largest === 0 || largestChange <= options.tolerance * largest;
    if (isSettled && gapOf(problem, w, options) <= options.tolerance * problem.targetSquares) break;
    if (largestChange === 0 || options.shouldStop()) break;
  }
  return w;
}

function passOver(problem: CoordinateProblem, w: Float64Array, { l1, l2 }: DescentOptions) {
  let largestChange = 0;
  let largest = 0;
  for (let j = 0; j < w.length; j++) {
    const squares = problem.columnSquares[j];
    if (squares === 0) continue;
    const before = w[j];
    const pull = problem.pull(j) + squares * before;
    const shrunk = Math.max(0, Math.abs(pull) - l1);
    w[j] = (Math.sign(pull) * shrunk) / (squares + l2);
    const change = w[j] - before;
    if (change !== 0) problem.shift(j, change);
    largestChange = Math.max(largestChange, Math.abs(change));
    largest = Math.max(largest, Math.abs(w[j]));
  }
  return { largestChange, largest };
}

/** The primal objective less the dual one at the residuals, scaled until they are feasible. */
function gapOf(problem: CoordinateProblem, w: Float64Array, { l1, l2 }: DescentOptions): number {
  let dualNorm = 0;
  let sum = 0;
  let squares = 0;
  w.forEach((value, j) => {
    dualNorm = Math.max(dualNorm, Math.abs(problem.pull(j) - l2 * value));
    sum += Math.abs(value);
    squares += value * value;
  });
  const factor = dualNorm > l1 ? l1 / dualNorm : 1;
  const residual = problem.residual(w);
  return (
    0.5 * residual.squares * (1 + factor * factor) +
    l1 * sum -
    factor * residual.dotTarget +
    0.5 * l2 * (1 + factor * factor) * squares
  );
}
