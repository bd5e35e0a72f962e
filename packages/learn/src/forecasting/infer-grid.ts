// Which grid the times of series stand on: told by a frequency such as `D` or `15min`, or seen from the
// times themselves.

import { LearnError } from '../errors.ts';
import { dayMs, monthOf, type TimeGrid } from './time-grid.ts';
import type { TimeSeries } from './time-series.ts';

type Step = Pick<TimeGrid, 'unit' | 'step'>;

const months: ReadonlyMap<string, number> = new Map([
  ...(['M', 'MS', 'ME'] as const).map((name) => [name, 1] as const),
  ...(['Q', 'QS', 'QE'] as const).map((name) => [name, 3] as const),
  ...(['Y', 'YS', 'YE', 'A', 'AS', 'AE'] as const).map((name) => [name, 12] as const),
]);
const lengths: ReadonlyMap<string, number> = new Map([
  ['W', 7 * dayMs],
  // The days at which a business rests are gaps.
  ['B', dayMs],
  ['D', dayMs],
  ...(['H', 'h'] as const).map((name) => [name, dayMs / 24] as const),
  ...(['T', 'min'] as const).map((name) => [name, 60_000] as const),
  ...(['S', 's'] as const).map((name) => [name, 1000] as const),
]);

/**
 * A frequency as pandas writes it, `H`, `15min`, `W-SUN`, `MS`; a number for times that are numbers.
 * @throws LearnError PARAMETER_INVALID.
 */
function readFrequency(frequency: string, isDate: boolean): Step {
  const plain = Number(frequency);
  if (!isDate && frequency.trim() !== '' && plain > 0 && Number.isFinite(plain)) {
    return { unit: 'step', step: plain };
  }
  const [, count = '', name = ''] =
    /^(\d{0,5})\s?([A-Za-z]{1,3})(?:-[A-Za-z]{3})?$/.exec(frequency) ?? [];
  const factor = count === '' ? 1 : Number(count);
  const month = months.get(name);
  const length = lengths.get(name);
  if (isDate && factor > 0 && month !== undefined && month * factor <= 1200) {
    return { unit: 'month', step: month * factor };
  }
  if (isDate && factor > 0 && length !== undefined) return { unit: 'step', step: length * factor };
  const expected = isDate
    ? `one of ${[...lengths.keys(), ...months.keys()].join(', ')}, with a number before it or none`
    : 'a number above 0, as the times are numbers';
  throw new LearnError(
    'PARAMETER_INVALID',
    `the frequency is '${frequency.slice(0, 50)}'; expected ${expected}`,
  );
}

/**
 * @param frequency null to see it from the times.
 * @throws LearnError PARAMETER_INVALID, DATA_SERIES_INVALID where no series has two times.
 */
export function inferGrid(
  times: Float64Array,
  series: readonly TimeSeries[],
  options: { readonly isDate: boolean; readonly frequency: string | null },
): TimeGrid {
  const { isDate, frequency } = options;
  const origin = times.reduce((least, time) => Math.min(least, time));
  const step =
    frequency === null ? seenStep(times, series, isDate) : readFrequency(frequency, isDate);
  return { ...step, origin, isDate };
}

function seenStep(times: Float64Array, series: readonly TimeSeries[], isDate: boolean): Step {
  const gaps = gapsOf(times, series);
  if (gaps.length === 0) {
    throw new LearnError(
      'DATA_SERIES_INVALID',
      'no series has two times, from which the step between them could be seen; ' +
        'check the columns that tell series apart, or give the frequency',
    );
  }
  if (isDate && gaps.every((gap) => gap >= 28 * dayMs) && standsOnMonths(times)) {
    const steps = gapsOf(times.map(monthOf), series);
    return { unit: 'month', step: steps.reduce(commonDivisor) };
  }
  return { unit: 'step', step: mostFrequent(gaps) };
}

function gapsOf(times: Float64Array, series: readonly TimeSeries[]): readonly number[] {
  return series.flatMap(({ rows }) => {
    return Array.from(rows.subarray(1), (row, i) => times[row] - times[rows[i]]);
  });
}

/** Whether all times are of the same day of the month, or of its last one. */
function standsOnMonths(times: Float64Array): boolean {
  const days = new Set(Array.from(times, (time) => new Date(time).getUTCDate()));
  if (days.size === 1) return true;
  return times.every((time) => new Date(time + dayMs).getUTCDate() === 1);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** Of equals the smallest. */
function mostFrequent(gaps: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const gap of gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1);
  const [[gap]] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return gap;
}
