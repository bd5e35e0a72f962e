// The length of a step for a smooth function: by bisection to the weak Wolfe conditions (Lewis and
// Overton 2013, "Nonsmooth optimization via quasi-Newton methods", algorithm 2.6).

import { dot } from '../linear/vector-kernels.ts';
import type { Objective } from './objective.ts';

export interface Point {
  readonly at: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}

/** How much of the decrease that the slope promises must come, and how much of the slope may stay. */
const decrease = 1e-4;
const flattening = 0.9;
const maxTrials = 40;

/** The point that the search ends at, or null when no step decreases the function. */
export function searchWolfe(
  objective: Objective,
  from: Point,
  direction: Float64Array,
  firstStep: number,
): Point | null {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return null;
  let [low, high, step] = [0, Number.POSITIVE_INFINITY, firstStep];
  let best: Point | null = null;
  for (let trial = 0; trial < maxTrials; trial++) {
    const point = stepped(objective, from, direction, step);
    if (!(point.value <= from.value + decrease * step * slope)) high = step;
    else {
      best = point;
      if (dot(point.gradient, direction) >= flattening * slope) return point;
      low = step;
    }
    step = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
  return best;
}

function stepped(objective: Objective, from: Point, direction: Float64Array, step: number): Point {
  const at = from.at.map((value, j) => value + step * direction[j]);
  const gradient = new Float64Array(at.length);
  return { at, gradient, value: objective.evaluate(at, gradient) };
}
