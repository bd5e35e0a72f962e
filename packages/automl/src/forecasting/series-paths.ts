// What a person looks at to judge a forecast: of a few series their past, what was said of it at the
// origins of the validation, and what is said of the future.
import { type ForecastModel, plainKey, timeOfStep } from '@ridgeline/learn';
import type { ForecastProblem } from './forecast-problem.ts';
import type { ForecastValidation } from './judge-candidate.ts';

/** Milliseconds since 1970 UTC for dates. */
export type PathPoint = readonly [time: number, value: number];

export interface SeriesPath {
  /** The ids of the series; empty for a single one. */
  readonly series: string;
  readonly isDate: boolean;
  /** Each ascends in time; of the past only the latest. */
  readonly past: readonly PathPoint[];
  readonly validated: readonly PathPoint[];
  readonly future: readonly PathPoint[];
}

const mostSeries = 4;
const leastPast = 60;

/** Of the series with the most values; of equals, the first. */
export function seriesPaths(
  problem: ForecastProblem,
  validation: ForecastValidation,
  model: ForecastModel,
): readonly SeriesPath[] {
  const { keys } = problem.gridRows;
  const rowsOf = Map.groupBy(problem.known, (row) => keys[row]);
  const longest = [...rowsOf].sort(([, a], [, b]) => b.length - a.length).slice(0, mostSeries);
  return longest.map(([key, rows]) => pathOf(key, rows, { problem, validation, model }));
}

interface Parts {
  readonly problem: ForecastProblem;
  readonly validation: ForecastValidation;
  readonly model: ForecastModel;
}

function pathOf(key: string, rows: readonly number[], parts: Parts): SeriesPath {
  const { problem, validation, model } = parts;
  const { values, horizon, gridRows, columns } = problem;
  const { grid, steps, keys } = gridRows;
  const timeOf = (row: number) => timeOfStep(grid, steps[row]);
  const validated = validation.rows.flatMap((row, i): PathPoint[] => {
    return keys[row] === key ? [[timeOf(row), validation.predicted[i]]] : [];
  });
  const past = rows.map((row): PathPoint => [timeOf(row), values[row]]).sort(byTime);
  const shown = Math.max(leastPast, 3 * horizon, 2 * validated.length);
  return {
    series: columns.seriesNames.length === 0 ? '' : plainKey(key),
    isDate: grid.isDate,
    past: past.slice(-shown),
    validated: validated.sort(byTime),
    future: futureOf(key, Math.max(...rows.map((row) => steps[row])), { horizon, grid, model }),
  };
}

function futureOf(
  key: string,
  last: number,
  {
    horizon,
    grid,
    model,
  }: Pick<ForecastProblem, 'horizon'> & {
    readonly grid: ForecastProblem['gridRows']['grid'];
    readonly model: ForecastModel;
  },
): readonly PathPoint[] {
  const ahead = Int32Array.from({ length: horizon }, (_, i) => last + 1 + i);
  const rows = ahead.map((_, i) => i);
  const keys = Array.from(ahead, () => key);
  const values = model.predictSteps({ steps: ahead, keys }, rows);
  return Array.from(ahead, (step, i): PathPoint => [timeOfStep(grid, step), values[i]]);
}

function byTime([a]: PathPoint, [b]: PathPoint): number {
  return a - b;
}
