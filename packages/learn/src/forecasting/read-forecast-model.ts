// Reads a forecast from its JSON, which may have been written by anybody.

import { dateFormats } from '../encode/date-formats.ts';
import { unpackFloat64 } from '../model-json/packed-array.ts';
import {
  bool,
  finite,
  integer,
  invalidField,
  list,
  oneOf,
  record,
  text,
} from '../model-json/read-fields.ts';
import { ForecastModel } from './forecast-model.ts';
import { type FittedForecaster, type ForecasterSpec, forecasterKinds } from './forecaster.ts';
import type { GridSeries } from './grid-series.ts';
import { readLearned } from './learned-forecaster.ts';
import { readSmoothing, seasonalNaiveForecaster } from './series-forecasters.ts';
import { readTimeGrid, type TimeGrid } from './time-grid.ts';

const whole = { min: 1, max: 100_000 } as const;
const maxSeries = 1_000_000;

/** @throws LearnError MODEL_INVALID naming what is wrong, MODEL_ESTIMATOR_UNKNOWN. */
export function readForecastModel(json: unknown): ForecastModel {
  const fields = record(json, 'the model');
  oneOf(fields.estimator, 'estimator', ['ForecastModel']);
  const grid = readTimeGrid(fields.grid);
  const series = list(fields.series, 'series', readSeries, { minLength: 1, maxLength: maxSeries });
  if (new Set(series.map(({ key }) => key)).size !== series.length) {
    throw invalidField('series has a key twice');
  }
  const reading = record(fields.reading, 'reading');
  const isDate = bool(reading.isDate, 'reading.isDate');
  if (isDate !== grid.isDate) throw invalidField('grid and reading are not of one kind of time');
  const formats = list(reading.formats, 'reading.formats', (item, what) =>
    oneOf(item, what, dateFormats),
  );
  return new ForecastModel({
    targetName: name(fields.targetName, 'targetName'),
    timeName: name(fields.timeName, 'timeName'),
    seriesNames: list(fields.seriesNames, 'seriesNames', name, { maxLength: 1000 }),
    reading: { isDate, formats },
    grid,
    horizon: integer(fields.horizon, 'horizon', whole),
    forecaster: readForecaster(readSpec(fields.spec), fields.fitted, grid, series.length),
    series,
  });
}

function readForecaster(
  spec: ForecasterSpec,
  fitted: unknown,
  grid: TimeGrid,
  count: number,
): FittedForecaster {
  if (spec.kind === 'seasonal_naive') return seasonalNaiveForecaster(spec);
  if (spec.kind === 'exponential_smoothing') return readSmoothing(spec, fitted, count);
  return readLearned(spec, grid, fitted, count);
}

function readSpec(json: unknown): ForecasterSpec {
  const fields = record(json, 'spec');
  const kind = oneOf(fields.kind, 'spec.kind', forecasterKinds);
  const period = integer(fields.period, 'spec.period', whole);
  if (kind === 'seasonal_naive') return { kind, period };
  if (kind === 'exponential_smoothing') {
    const trend = oneOf(fields.trend, 'spec.trend', ['none', 'additive', 'damped']);
    return { kind, trend, period };
  }
  const parameters = Object.entries(record(fields.parameters, 'spec.parameters'));
  return {
    kind,
    period,
    learner: oneOf(fields.learner, 'spec.learner', ['Ridge', 'GradientBoostingRegressor']),
    parameters: Object.fromEntries(
      parameters.map(([key, value]) => [key, finite(value, `spec.parameters.${key}`)]),
    ),
    lags: list(fields.lags, 'spec.lags', (item, what) => integer(item, what, whole), {
      minLength: 1,
      maxLength: 1000,
    }),
    window: integer(fields.window, 'spec.window', whole),
  };
}

function readSeries(json: unknown, what: string): GridSeries {
  const fields = record(json, what);
  const most = 40_000_000;
  const values = unpackFloat64(fields.values, `${what}.values`, { minLength: 1, notFinite: true });
  const wrong = values.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (wrong || Number.isNaN(values[values.length - 1])) {
    throw invalidField(`${what}.values has an infinity, or does not end with a known value`);
  }
  return {
    key: readKey(fields.key, `${what}.key`),
    start: integer(fields.start, `${what}.start`, { min: -most, max: most }),
    values,
  };
}

/** Keys are shown in messages, and taken apart for it. */
function readKey(value: unknown, what: string): string {
  const key = text(value, what);
  try {
    const ids: unknown = JSON.parse(key);
    if (Array.isArray(ids) && JSON.stringify(ids) === key) return key;
  } catch {
    // What is wrong is told below.
  }
  throw invalidField(`${what} is not a list of ids`);
}

function name(value: unknown, what: string): string {
  const read = text(value, what);
  if (read !== '') return read;
  throw invalidField(`${what} is empty`);
}
