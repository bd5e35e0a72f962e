// The first state of exponential smoothing that suits given weights best. The errors of one step are
// linear in the first state, so that it is a problem of least squares, and only the weights are left to
// be searched for.

import { solveCholesky } from '../linear/cholesky.ts';
import { dot } from '../linear/vector-kernels.ts';
import {
  type SmoothingRun,
  type SmoothingState,
  type SmoothingWeights,
  smooth,
} from './smoothing-recursion.ts';

/** Longer seasons start as they were first estimated: every place would be one more unknown. */
const longestSolvedSeason = 31;
/** Draws towards the first estimate; level and season would not be told apart otherwise. */
const ridgeShare = 1e-5;

/**
 * The run over the values from their best first state.
 * @param guess the first estimate of that state.
 */
export function runFromBestStart(
  values: Float64Array,
  guess: SmoothingState,
  weights: SmoothingWeights,
  hasTrend: boolean,
): SmoothingRun {
  const run = smooth(values, guess, weights);
  const zeros = values.map((value) => (Number.isNaN(value) ? value : 0));
  const directions = directionsOf(guess.season.length, hasTrend);
  const effects = directions.map((direction) => smooth(zeros, direction, weights).errors);
  const rows = effects.map((effect, i) =>
    Float64Array.from({ length: i + 1 }, (_, j) => dot(effect, effects[j])),
  );
  const size = rows.reduce((sum, row, i) => sum + row[i], 0) / rows.length;
  for (const [i, row] of rows.entries()) row[i] += ridgeShare * size;
  const steps = solveCholesky(
    rows,
    Float64Array.from(effects, (effect) => -dot(effect, run.errors)),
  );
  if (steps === null) return run;
  return smooth(values, moved(guess, directions, steps), weights);
}

/** Each a state with one of its numbers 1 and the others 0. */
function directionsOf(period: number, hasTrend: boolean): readonly SmoothingState[] {
  const none = { level: 0, trend: 0, season: new Float64Array(period) };
  const isSolved = period > 1 && period <= longestSolvedSeason;
  const places = isSolved ? [...none.season.keys()] : [];
  return [
    { ...none, level: 1 },
    ...(hasTrend ? [{ ...none, trend: 1 }] : []),
    ...places.map((place) => ({ ...none, season: none.season.with(place, 1) })),
  ];
}

function moved(
  guess: SmoothingState,
  directions: readonly SmoothingState[],
  steps: Float64Array,
): SmoothingState {
  const season = Float64Array.from(guess.season);
  let { level, trend } = guess;
  directions.forEach((direction, i) => {
    level += steps[i] * direction.level;
    trend += steps[i] * direction.trend;
    direction.season.forEach((share, place) => {
      season[place] += steps[i] * share;
    });
  });
  return { level, trend, season };
}
