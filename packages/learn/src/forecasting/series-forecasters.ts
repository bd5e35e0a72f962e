// Forecasters that look at one series at a time: the seasonal naive one, which learns nothing, and
// exponential smoothing, whose weights are each series' own.

import { list } from '../model-json/read-fields.ts';
import { ExponentialSmoothing, FittedExponentialSmoothing } from './exponential-smoothing.ts';
import {
  type FitForecasterOptions,
  type FittedForecaster,
  ForecastFitStopped,
  type SeasonalNaiveSpec,
  type SmoothingSpec,
} from './forecaster.ts';
import type { GridSeries } from './grid-series.ts';
import { seasonalNaive } from './seasonal-naive.ts';

/** Seasons back in which a seasonal naive forecast looks for a known value. */
const naiveSeasons = 10;

export function seasonalNaiveForecaster(spec: SeasonalNaiveSpec): FittedForecaster {
  return {
    spec,
    memory: spec.period * naiveSeasons,
    forecast: ({ values }, _, horizon) => {
      const last = values[values.length - 1];
      // Where a place of the season was never known, the last value stands in.
      return seasonalNaive(values, spec.period, horizon).map((value) =>
        Number.isNaN(value) ? last : value,
      );
    },
    toJSON: () => null,
  };
}

export function fitSmoothing(
  spec: SmoothingSpec,
  series: readonly GridSeries[],
  { shouldStop }: FitForecasterOptions,
): FittedForecaster {
  const fitted = series.map(({ values }) => {
    if (shouldStop?.() === true) throw new ForecastFitStopped('exponential smoothing was ended');
    return new ExponentialSmoothing(suited(spec, values)).fit(values);
  });
  return smoothingForecaster(spec, fitted);
}

export function readSmoothing(spec: SmoothingSpec, json: unknown, count: number): FittedForecaster {
  const read = (item: unknown) => FittedExponentialSmoothing.fromJSON(item);
  return smoothingForecaster(spec, list(json, 'fitted', read, { length: count }));
}

function smoothingForecaster(
  spec: SmoothingSpec,
  fitted: readonly FittedExponentialSmoothing[],
): FittedForecaster {
  return {
    spec,
    memory: 1,
    forecast: (_, at, horizon) => fitted[at].forecast(horizon),
    toJSON: () => fitted,
  };
}

/** A series that is too short for a season or a trend is smoothed without. */
function suited({ trend, period }: SmoothingSpec, values: Float64Array) {
  const known = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  return {
    trend: known >= 4 ? trend : 'none',
    period: known >= 2 * period ? period : 1,
  } as const;
}
