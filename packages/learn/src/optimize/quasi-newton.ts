// L-BFGS (Liu and Nocedal 1989), and OWL-QN where there is an L1 penalty. The loop is here; the length
// of a step and the curvature are for the files beside it.

import { CurvatureHistory } from './curvature-history.ts';
import type { Objective } from './objective.ts';
import { aligned, pseudoGradient, searchOrthant } from './orthant-search.ts';
import { type Point, searchWolfe } from './wolfe-search.ts';

export interface QuasiNewtonOptions {
  /** The factor of each variable's absolute value in the objective; null for none. */
  readonly l1: Float64Array | null;
  /** The end: no component of the gradient is larger. */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly shouldStop: () => boolean;
}

/** As many pairs as scikit-learn's solver keeps. */
const historyLimit = 10;
/** A smaller relative decrease than this is rounding. */
const leastDecrease = 64 * Number.EPSILON;

/** The variables at the minimum, searched from 0. */
export function minimize(objective: Objective, options: QuasiNewtonOptions): Float64Array {
  const history = new CurvatureHistory(historyLimit);
  let point = startOf(objective);
  for (let i = 0; i < options.maxIterations; i++) {
    const slope = slopeOf(point, options.l1);
    if (largestOf(slope) <= options.tolerance) break;
    const next = nextPoint(objective, point, slope, history, options.l1);
    if (next === null) break;
    history.add(difference(next.at, point.at), difference(next.gradient, point.gradient));
    const decrease = point.value - next.value;
    const size = Math.max(Math.abs(point.value), Math.abs(next.value), 1);
    point = next;
    if (decrease <= leastDecrease * size || options.shouldStop()) break;
  }
  return point.at;
}

/** By the known curvature; where that leads nowhere, once more straight down. */
function nextPoint(
  objective: Objective,
  point: Point,
  slope: Float64Array,
  history: CurvatureHistory,
  l1: Float64Array | null,
): Point | null {
  const first = history.isEmpty ? 1 / Math.max(1, largestOf(slope)) : 1;
  const next = search(objective, point, slope, history.direction(slope), l1, first);
  if (next !== null || history.isEmpty) return next;
  history.clear();
  const down = slope.map((value) => -value);
  return search(objective, point, slope, down, l1, 1 / Math.max(1, largestOf(slope)));
}

function search(
  objective: Objective,
  point: Point,
  slope: Float64Array,
  direction: Float64Array,
  l1: Float64Array | null,
  firstStep: number,
): Point | null {
  if (l1 === null) return searchWolfe(objective, point, direction, firstStep);
  return searchOrthant(objective, point, aligned(direction, slope), slope, l1, firstStep);
}

function startOf(objective: Objective): Point {
  const at = new Float64Array(objective.size);
  const gradient = new Float64Array(objective.size);
  return { at, gradient, value: objective.evaluate(at, gradient) };
}

function slopeOf(point: Point, l1: Float64Array | null): Float64Array {
  return l1 === null ? point.gradient : pseudoGradient(point, l1);
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value - b[j]);
}
