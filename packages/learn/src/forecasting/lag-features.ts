// Features of a series' own past. The value of a row is never among its own features: a row sees only
// what is `horizon` steps or more before it, which is what is known when it is forecast.

import { LearnError } from '../errors.ts';
import type { NumericFeature } from '../matrix/feature-matrix.ts';
import type { TimeSeries } from './time-series.ts';

export const rollingStatistics = ['mean', 'min', 'max', 'std'] as const;
export type RollingStatistic = (typeof rollingStatistics)[number];

export interface PastFeatures {
  /** Name of the column whose past is looked at. */
  readonly name: string;
  /** One value a row, NaN where it is not known. */
  readonly values: Float64Array;
  /** The value so many steps back, each `horizon` or more. */
  readonly lags: readonly number[];
  /** Numbers of values that statistics are taken of, the last being `horizon` steps back. */
  readonly windows: readonly number[];
  /** Default all of them. */
  readonly statistics?: readonly RollingStatistic[];
  /** How many steps ahead forecasts are made, 1 or more. */
  readonly horizon: number;
}

const largestStep = 100_000;

/**
 * One feature a lag, then one a window and statistic; NaN where the series does not reach back.
 * @throws LearnError PARAMETER_INVALID.
 */
export function pastFeatures(
  series: readonly TimeSeries[],
  past: PastFeatures,
): readonly NumericFeature[] {
  checkSteps(past);
  const { name, values, horizon } = past;
  const lagged = past.lags.map((lag) => {
    return feature(`${name} lag ${lag}`, lagOf(series, values, lag));
  });
  const rolling = past.windows.flatMap((window) =>
    (past.statistics ?? rollingStatistics).map((statistic) => {
      const rolled = rollingOf(series, values, { horizon, window, statistic });
      return feature(`${name} ${statistic} of ${window}`, rolled);
    }),
  );
  return [...lagged, ...rolling];
}

function feature(name: string, values: Float64Array): NumericFeature {
  return { kind: 'numeric', name, values };
}

function lagOf(series: readonly TimeSeries[], values: Float64Array, lag: number): Float64Array {
  const made = new Float64Array(values.length).fill(Number.NaN);
  for (const { rows } of series) {
    for (let i = lag; i < rows.length; i++) made[rows[i]] = values[rows[i - lag]];
  }
  return made;
}

interface Rolling {
  readonly horizon: number;
  readonly window: number;
  readonly statistic: RollingStatistic;
}

/** Missing values are left out of a window; one of missing values only is NaN. */
function rollingOf(
  series: readonly TimeSeries[],
  values: Float64Array,
  { horizon, window, statistic }: Rolling,
): Float64Array {
  const made = new Float64Array(values.length).fill(Number.NaN);
  for (const { rows } of series) {
    for (let i = horizon; i < rows.length; i++) {
      const known: number[] = [];
      for (let at = Math.max(0, i - horizon - window + 1); at <= i - horizon; at++) {
        const value = values[rows[at]];
        if (!Number.isNaN(value)) known.push(value);
      }
      made[rows[i]] = statisticOf(known, statistic);
    }
  }
  return made;
}

function statisticOf(known: readonly number[], statistic: RollingStatistic): number {
  if (known.length === 0) return Number.NaN;
  if (statistic === 'min') return known.reduce((least, value) => Math.min(least, value));
  if (statistic === 'max') return known.reduce((most, value) => Math.max(most, value));
  const mean = known.reduce((sum, value) => sum + value / known.length, 0);
  if (statistic === 'mean') return mean;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
}

function checkSteps({ lags, windows, horizon }: PastFeatures): void {
  const check = (what: string, value: number, min: number) => {
    if (Number.isInteger(value) && value >= min && value <= largestStep) return;
    throw new LearnError(
      'PARAMETER_INVALID',
      `${what} is ${value}; expected a whole number from ${min} to ${largestStep}`,
    );
  };
  check('the horizon', horizon, 1);
  for (const lag of lags) check('a lag (which must not be nearer than the horizon)', lag, horizon);
  for (const window of windows) check('a window', window, 1);
}
