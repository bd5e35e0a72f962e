// A fitted forecast: the forecaster, the grid of times, and of each series' past as much as is needed to
// go on from it. Rows of the future in, one number each out.

import type { Cell } from '@ridgeline/tabular';
import type { EncodableTable } from '../encode/fitted-table-encoder.ts';
import type { InputColumn } from '../encode/input-column.ts';
import { LearnError } from '../errors.ts';
import { packFloat64 } from '../model-json/packed-array.ts';
import type { FitForecasterOptions, FittedForecaster, ForecasterSpec } from './forecaster.ts';
import { checkedStep, type GridRows, type GridSeries, gridSeriesOf } from './grid-series.ts';
import { fitLearned } from './learned-forecaster.ts';
import { fitSmoothing, seasonalNaiveForecaster } from './series-forecasters.ts';
import {
  keyOf,
  plainKey,
  type SeriesColumns,
  seriesRowsOf,
  type TimeReading,
  timeOf,
} from './series-rows.ts';
import { type TimeGrid, timeOfStep } from './time-grid.ts';

export interface ForecastModelFields extends SeriesColumns {
  readonly targetName: string;
  readonly reading: TimeReading;
  readonly grid: TimeGrid;
  /** Steps that it was made to forecast. */
  readonly horizon: number;
  readonly forecaster: FittedForecaster;
  /** In the order of the fit. */
  readonly series: readonly GridSeries[];
}

/** Forecasts may go on for as long as this many times the horizon. */
const reachFactor = 10;

export class ForecastModel {
  readonly fields: ForecastModelFields;
  readonly #places: ReadonlyMap<string, number>;
  readonly #forecasts = new Map<number, Float64Array>();

  constructor(fields: ForecastModelFields) {
    const { series, forecaster } = fields;
    const tails = series.map((each) => tailOf(each, forecaster.memory));
    this.fields = { ...fields, series: tails };
    this.#places = new Map(series.map(({ key }, at) => [key, at]));
  }

  get targetName(): string {
    return this.fields.targetName;
  }

  get horizon(): number {
    return this.fields.horizon;
  }

  /** The columns that are read: the time, then the ids of the series. */
  get inputs(): readonly InputColumn[] {
    const { timeName, seriesNames, reading } = this.fields;
    return [
      { name: timeName, type: reading.isDate ? 'datetime' : 'double', required: true },
      ...seriesNames.map((name) => ({ name, type: 'string', required: false }) as const),
    ];
  }

  /** The first time of the future of each series, as ISO text for dates, by its ids. */
  get nextTimes(): ReadonlyMap<string, string | number> {
    const { series, grid } = this.fields;
    return new Map(
      series.map(({ key, start, values }) => {
        const time = timeOfStep(grid, start + values.length);
        // A date beyond the calendar's end stays a number.
        const isShown = grid.isDate && Math.abs(time) <= 8.64e15;
        return [plainKey(key), isShown ? new Date(time).toISOString() : time];
      }),
    );
  }

  /**
   * One forecast a row; the target, if the table has it, is not looked at.
   * @throws TabularError COLUMN_NOT_FOUND; LearnError DATA_SERIES_INVALID naming the row, for a series
   * that training did not have, a time that is none, between two steps, of the past, or too far ahead.
   */
  predict(table: EncodableTable): Float64Array {
    const { reading, grid } = this.fields;
    const { times, keys } = seriesRowsOf(table, this.fields, reading);
    return times.map((time, row) => this.#at(keys[row], checkedStep(grid, time, row), row));
  }

  /** One forecast a row of cells in the order of `inputs`. @throws as `predict`. */
  predictRows(rows: readonly (readonly Cell[])[]): Float64Array {
    const { reading, grid, timeName } = this.fields;
    return Float64Array.from(rows, (cells, row) => {
      const [time = null, ...ids] = cells;
      const step = checkedStep(grid, timeOf(time, reading, timeName, row), row);
      return this.#at(keyOf(ids), step, row);
    });
  }

  /** The forecasts of rows on the model's own grid. @throws as `predict`. */
  predictSteps({ steps, keys }: Pick<GridRows, 'steps' | 'keys'>, rows: Int32Array): Float64Array {
    return Float64Array.from(rows, (row) => this.#at(keys[row], steps[row], row));
  }

  knows(key: string): boolean {
    return this.#places.has(key);
  }

  toJSON() {
    const { forecaster, series, ...fields } = this.fields;
    return {
      estimator: 'ForecastModel',
      ...fields,
      spec: forecaster.spec,
      fitted: forecaster.toJSON(),
      series: series.map(({ key, start, values }) => ({ key, start, values: packFloat64(values) })),
    };
  }

  #at(key: string, step: number, row: number): number {
    const at = this.#places.get(key);
    if (at === undefined) throw this.#unknownSeries(key, row);
    const { series, horizon } = this.fields;
    const ahead = step - series[at].start - series[at].values.length + 1;
    if (ahead < 1) throw ofThePast(row, this.nextTimes.get(plainKey(key)));
    const most = reachFactor * horizon + series[at].values.length;
    if (ahead > Math.max(1000, most)) throw tooFar(row, ahead, horizon);
    return this.#forecast(at, ahead)[ahead - 1];
  }

  /** Made once a series, and again only where one goes further. */
  #forecast(at: number, ahead: number): Float64Array {
    const made = this.#forecasts.get(at);
    if (made !== undefined && made.length >= ahead) return made;
    const { forecaster, series, horizon } = this.fields;
    const forecast = forecaster.forecast(series[at], at, Math.max(horizon, ahead));
    this.#forecasts.set(at, forecast);
    return forecast;
  }

  #unknownSeries(key: string, row: number): LearnError {
    const { series, seriesNames } = this.fields;
    const known = series.slice(0, 5).map((each) => `'${plainKey(each.key).slice(0, 40)}'`);
    return new LearnError(
      'DATA_SERIES_INVALID',
      `row ${row} (from 0) is of the series '${plainKey(key).slice(0, 100)}' (${seriesNames.join(', ')}), which ` +
        `training did not have; it had ${series.length}, such as ${known.join(', ')}. Train again with its past`,
    );
  }
}

export interface FitForecastOptions extends FitForecasterOptions {
  readonly targetName: string;
  readonly columns: SeriesColumns;
  readonly reading: TimeReading;
  readonly horizon: number;
}

/**
 * Fits on these rows only; rows whose value is not known are gaps.
 * @throws LearnError DATA_SERIES_INVALID where no row has a known value, and what the learners throw;
 * ForecastFitStopped.
 */
export function fitForecast(
  spec: ForecasterSpec,
  gridRows: GridRows,
  values: Float64Array,
  rows: Int32Array,
  { targetName, columns, reading, horizon, ...options }: FitForecastOptions,
): ForecastModel {
  const series = gridSeriesOf(gridRows, values, rows);
  if (series.length === 0) {
    throw new LearnError('DATA_SERIES_INVALID', `no row has a value of '${targetName}'`);
  }
  const { grid } = gridRows;
  const forecaster = fitForecaster(spec, series, grid, options);
  const { timeName, seriesNames } = columns;
  return new ForecastModel({
    ...{ targetName, timeName, seriesNames, reading, grid, horizon },
    ...{ forecaster, series },
  });
}

function fitForecaster(
  spec: ForecasterSpec,
  series: readonly GridSeries[],
  grid: TimeGrid,
  options: FitForecasterOptions,
): FittedForecaster {
  if (spec.kind === 'seasonal_naive') return seasonalNaiveForecaster(spec);
  if (spec.kind === 'exponential_smoothing') return fitSmoothing(spec, series, options);
  return fitLearned(spec, series, grid, options);
}

function tailOf(series: GridSeries, memory: number): GridSeries {
  const dropped = Math.max(0, series.values.length - Math.max(1, memory));
  return { ...series, start: series.start + dropped, values: series.values.slice(dropped) };
}

function ofThePast(row: number, next: string | number | undefined): LearnError {
  return new LearnError(
    'DATA_SERIES_INVALID',
    `row ${row} (from 0) is not of the future: the model's series goes on from ${next}; ` +
      'give later times, or train again with newer data',
  );
}

function tooFar(row: number, ahead: number, horizon: number): LearnError {
  return new LearnError(
    'DATA_SERIES_INVALID',
    `row ${row} (from 0) is ${ahead} steps ahead, and the model was made for ${horizon}; ` +
      'give nearer times, or train with a longer horizon',
  );
}
