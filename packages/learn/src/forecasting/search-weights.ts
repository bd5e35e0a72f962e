// The search for the weights of exponential smoothing, as free numbers whose logistic function they are.

import { nelderMead } from '../optimize/nelder-mead.ts';
import type { SmoothingWeights } from './smoothing-recursion.ts';

type WeightName = keyof SmoothingWeights;

/** Where the search starts, by the parts that the model has; the second start is of quick changes. */
const starts: readonly Readonly<Record<WeightName, number>>[] = [
  { alpha: -0.5, beta: -2, gamma: -2, phi: 1 },
  { alpha: 1.5, beta: -4, gamma: -4, phi: 2 },
];
const maxEvaluationsPerWeight = 100;

/** The damping of a trend is searched for in this range, as is the custom (Hyndman et al.). */
const phiRange = { low: 0.8, high: 0.998 };

export function searchedWeights(parameters: {
  readonly trend: string;
  readonly period: number;
}): readonly WeightName[] {
  const { trend, period } = parameters;
  return [
    'alpha',
    ...(trend === 'none' ? [] : ['beta' as const]),
    ...(period > 1 ? ['gamma' as const] : []),
    ...(trend === 'damped' ? ['phi' as const] : []),
  ];
}

export function weightsAt(
  point: Float64Array,
  names: readonly WeightName[],
  trend: string,
): SmoothingWeights {
  const share = (name: WeightName) => {
    const index = names.indexOf(name);
    return index < 0 ? 0 : 1 / (1 + Math.exp(-point[index]));
  };
  const damped = phiRange.low + (phiRange.high - phiRange.low) * share('phi');
  const undamped = trend === 'none' ? 0 : 1;
  return {
    alpha: share('alpha'),
    beta: share('beta'),
    gamma: share('gamma'),
    phi: trend === 'damped' ? damped : undamped,
  };
}

/** The point of the least loss that the searches from all starts find. */
export function searchWeights(
  names: readonly WeightName[],
  loss: (point: Float64Array) => number,
): Float64Array {
  const options = {
    step: names.map(() => 1),
    maxEvaluations: maxEvaluationsPerWeight * names.length,
    tolerance: 1e-9,
  };
  const ends = starts.map((start) =>
    nelderMead(
      loss,
      Float64Array.from(names, (name) => start[name]),
      options,
    ),
  );
  return ends.reduce((best, end) => (loss(end) < loss(best) ? end : best));
}
