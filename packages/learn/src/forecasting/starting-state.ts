// Where exponential smoothing starts: simple estimates from the first values of a series.

import type { SmoothingState } from './smoothing-recursion.ts';

const trendLength = 10;

/** Level and slope by least squares over the first values, as if the step before the first were 0. */
export function startingState(
  values: Float64Array,
  period: number,
  hasTrend: boolean,
): SmoothingState {
  const season = period > 1 ? startingSeason(values, period) : new Float64Array(1);
  const length = Math.min(values.length, Math.max(trendLength, period * 2));
  const adjusted = values.slice(0, length).map((value, t) => value - season[t % season.length]);
  if (!hasTrend) return { level: meanOf(adjusted), trend: 0, season };
  const { intercept, slope } = lineThrough(adjusted);
  return { level: intercept, trend: slope, season };
}

/** The mean distance from the period's own mean at each place, over whole periods; they sum to 0. */
function startingSeason(values: Float64Array, period: number): Float64Array {
  const cycles = Math.max(1, Math.min(4, Math.floor(values.length / period)));
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  for (let cycle = 0; cycle < cycles; cycle++) {
    const part = values.subarray(cycle * period, (cycle + 1) * period);
    const mean = meanOf(part);
    part.forEach((value, place) => {
      if (Number.isNaN(value)) return;
      sums[place] += value - mean;
      counts[place]++;
    });
  }
  const season = sums.map((sum, place) => (counts[place] > 0 ? sum / counts[place] : 0));
  const mean = meanOf(season);
  return season.map((value) => value - mean);
}

/** Over the values that are there; 0 without any. */
function meanOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value / known.length, 0);
}

/** Times count from 1, so that the intercept is the level before the first value. */
function lineThrough(values: Float64Array): { intercept: number; slope: number } {
  const known = [...values.entries()].filter(([, value]) => !Number.isNaN(value));
  if (known.length === 0) return { intercept: 0, slope: 0 };
  const time = known.reduce((sum, [t]) => sum + (t + 1) / known.length, 0);
  const mean = known.reduce((sum, [, value]) => sum + value / known.length, 0);
  const across = known.reduce((sum, [t, value]) => sum + (t + 1 - time) * (value - mean), 0);
  const spread = known.reduce((sum, [t]) => sum + (t + 1 - time) ** 2, 0);
  const slope = spread > 0 ? across / spread : 0;
  return { intercept: mean - slope * time, slope };
}
