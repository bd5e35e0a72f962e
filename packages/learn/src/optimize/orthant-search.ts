// The step of OWL-QN, for a smooth function plus an L1 penalty (Andrew and Gao 2007, "Scalable training
// of L1-regularized log-linear models"): the penalty is linear within an orthant, so that each step
// stays in one, and what would leave it becomes 0.

import type { Objective } from './objective.ts';
import type { Point } from './wolfe-search.ts';

const decrease = 1e-4;
const maxTrials = 60;

/** The smooth gradient with the penalty's slope towards the smaller value; 0 where neither helps. */
export function pseudoGradient({ at, gradient }: Point, l1: Float64Array): Float64Array {
  return gradient.map((slope, j) => {
    if (at[j] !== 0) return slope + Math.sign(at[j]) * l1[j];
    return Math.sign(slope) * Math.max(0, Math.abs(slope) - l1[j]);
  });
}

/** The direction without the parts that climb by the pseudo-gradient (equation 5). */
export function aligned(direction: Float64Array, pseudo: Float64Array): Float64Array {
  return direction.map((value, j) => (value * pseudo[j] < 0 ? value : 0));
}

/** The point that backtracking ends at, its value with the penalty, or null when none is lower. */
export function searchOrthant(
  objective: Objective,
  from: Point,
  direction: Float64Array,
  pseudo: Float64Array,
  l1: Float64Array,
  firstStep: number,
): Point | null {
  for (let trial = 0, step = firstStep; trial < maxTrials; trial++, step /= 2) {
    const at = from.at.map((value, j) => {
      const moved = value + step * direction[j];
      const orthant = value !== 0 ? value : -pseudo[j];
      return moved * orthant > 0 ? moved : 0;
    });
    const gradient = new Float64Array(at.length);
    const value = objective.evaluate(at, gradient) + penaltyOf(at, l1);
    const promised = at.reduce((sum, v, j) => sum + (v - from.at[j]) * pseudo[j], 0);
    if (promised < 0 && value <= from.value + decrease * promised) return { at, gradient, value };
  }
  return null;
}

function penaltyOf(at: Float64Array, l1: Float64Array): number {
  return at.reduce((sum, value, j) => sum + l1[j] * Math.abs(value), 0);
}
