// Series on a grid: one value a step, NaN where the step has no row. What is learnt from is this, and
// what comes after the last known value is not in it.

import { LearnError } from '../errors.ts';
import { inferGrid } from './infer-grid.ts';
import { plainKey, type SeriesRows } from './series-rows.ts';
import { stepAt, type TimeGrid } from './time-grid.ts';
import { seriesOf } from './time-series.ts';

export interface GridSeries {
  readonly key: string;
  /** The step of the first value. */
  readonly start: number;
  /** Ends with a known value. */
  readonly values: Float64Array;
}

/** Rows on a grid, one step and one series a row. */
export interface GridRows {
  readonly grid: TimeGrid;
  readonly steps: Int32Array;
  readonly keys: readonly string[];
}

const maxSteps = 20_000_000;

/**
 * @throws LearnError DATA_EMPTY, PARAMETER_INVALID for the frequency; DATA_SERIES_INVALID for two rows
 * of a series at one time, and a time between two steps.
 */
export function gridRowsOf(
  { times, keys }: SeriesRows,
  options: { readonly isDate: boolean; readonly frequency: string | null },
): GridRows {
  const ids = keys.every((key) => key === keys[0]) ? null : keys.map(plainKey);
  const series = seriesOf(times, ids);
  const grid = inferGrid(times, series, options);
  const steps = Int32Array.from(times, (time, row) => checkedStep(grid, time, row));
  // Two times may be of one step, such as two days of one month.
  seriesOf(Float64Array.from(steps), ids);
  return { grid, steps, keys };
}

/** @throws LearnError DATA_SERIES_INVALID. */
export function checkedStep(grid: TimeGrid, time: number, row: number): number {
  const step = stepAt(grid, time);
  if (Number.isInteger(step) && Math.abs(step) <= maxSteps) return step;
  const shown = grid.isDate ? new Date(time).toISOString() : String(time);
  throw new LearnError(
    'DATA_SERIES_INVALID',
    `row ${row} (from 0) is of ${shown}, which is not a whole number of steps (${describeStep(grid)}) ` +
      'from the other times; give the frequency, or bring the times onto equal steps',
  );
}

/** The series of these rows, in the order in which they first appear; without any known value, none. */
export function gridSeriesOf(
  { steps, keys }: Pick<GridRows, 'steps' | 'keys'>,
  values: Float64Array,
  rows: Int32Array,
): readonly GridSeries[] {
  const rowsOf = new Map<string, number[]>();
  for (const row of rows) {
    if (Number.isNaN(values[row])) continue;
    const found = rowsOf.get(keys[row]);
    if (found === undefined) rowsOf.set(keys[row], [row]);
    else found.push(row);
  }
  let size = 0;
  return [...rowsOf].map(([key, own]) => {
    const start = own.reduce((least, row) => Math.min(least, steps[row]), steps[own[0]]);
    const end = own.reduce((most, row) => Math.max(most, steps[row]), steps[own[0]]);
    size += end - start + 1;
    if (size > maxSteps) throw tooManySteps(key);
    const placed = new Float64Array(end - start + 1).fill(Number.NaN);
    for (const row of own) placed[steps[row] - start] = values[row];
    return { key, start, values: placed };
  });
}

function describeStep({ unit, step, isDate }: TimeGrid): string {
  if (unit === 'month') return step === 1 ? 'a month' : `${step} months`;
  return isDate ? `${step / 1000} seconds` : String(step);
}

function tooManySteps(key: string): LearnError {
  return new LearnError(
    'DATA_SERIES_INVALID',
    `the series up to '${plainKey(key).slice(0, 100)}' have more than ${maxSteps} steps from their first to their last time; ` +
      'give a longer frequency',
  );
}
