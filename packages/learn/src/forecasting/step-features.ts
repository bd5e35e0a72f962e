// The features of one step of a series: what was before it, measured from the mean of the last steps so
// that a learner need not follow a trend, and its place in season and calendar, which are known ahead.

import type { LearnedSpec } from './forecaster.ts';
import { dayMs, type TimeGrid, timeOfStep } from './time-grid.ts';

type CalendarPart = (date: Date) => number;

export interface StepFeatures {
  readonly names: readonly string[];
  /**
   * Writes the features of the step at `t` to `out`; only values before `t` are looked at.
   * @param start the step of the first value.
   * @returns the mean that lags are measured from; NaN where nothing before is known.
   */
  write(values: Float64Array, t: number, start: number, scale: number, out: Float64Array): number;
}

export function stepFeatures({ lags, window, period }: LearnedSpec, grid: TimeGrid): StepFeatures {
  const parts = calendarParts(grid);
  const names = [
    ...lags.map((lag) => `lag ${lag}`),
    `spread of ${window}`,
    'sine of season',
    'cosine of season',
    ...parts.map(([name]) => name),
  ];
  const write = (
    values: Float64Array,
    t: number,
    start: number,
    scale: number,
    out: Float64Array,
  ) => {
    const { mean, spread } = lately(values, t, window);
    let at = 0;
    for (const lag of lags) out[at++] = t >= lag ? (values[t - lag] - mean) / scale : Number.NaN;
    out[at++] = spread / scale;
    const angle = (2 * Math.PI * (start + t)) / period;
    out[at++] = period > 1 ? Math.sin(angle) : 0;
    out[at++] = period > 1 ? Math.cos(angle) : 0;
    if (parts.length > 0) {
      const date = new Date(timeOfStep(grid, start + t));
      for (const [, part] of parts) out[at++] = part(date);
    }
    return mean;
  };
  return { names, write };
}

/** Only parts that differ from step to step. */
function calendarParts({
  unit,
  step,
  isDate,
}: TimeGrid): readonly (readonly [string, CalendarPart])[] {
  if (!isDate) return [];
  if (unit === 'month') return step < 12 ? [['month', (date) => date.getUTCMonth() + 1]] : [];
  const all: readonly (readonly [string, number, CalendarPart])[] = [
    ['month', 100 * dayMs, (date) => date.getUTCMonth() + 1],
    ['day', dayMs, (date) => date.getUTCDate()],
    ['weekday', dayMs, (date) => date.getUTCDay()],
    ['hour', dayMs / 2, (date) => date.getUTCHours()],
  ];
  return all.flatMap(([name, most, part]) => (step <= most ? [[name, part] as const] : []));
}

/** Of the last known values before `t`; the last one alone where the window has none. */
function lately(values: Float64Array, t: number, window: number) {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let i = Math.max(0, t - window); i < t; i++) {
    if (Number.isNaN(values[i])) continue;
    count += 1;
    const step = values[i] - mean;
    mean += step / count;
    squares += step * (values[i] - mean);
  }
  if (count > 0) return { mean, spread: Math.sqrt(squares / count) };
  let last = t - 1;
  while (last >= 0 && Number.isNaN(values[last])) last -= 1;
  return { mean: last >= 0 ? values[last] : Number.NaN, spread: 0 };
}
