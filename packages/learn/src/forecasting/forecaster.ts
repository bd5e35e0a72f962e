// What forecasts series: kinds of forecasters as data, fitted on all series at once. A fitted one knows
// how to go on from any history of a series, and never sees more than that history.

import type { GridSeries } from './grid-series.ts';
import type { TimeGrid } from './time-grid.ts';

export const forecasterKinds = ['seasonal_naive', 'exponential_smoothing', 'learned'] as const;

export interface SeasonalNaiveSpec {
  readonly kind: 'seasonal_naive';
  /** Steps of a season; 1 repeats the last value. */
  readonly period: number;
}

export interface SmoothingSpec {
  readonly kind: 'exponential_smoothing';
  readonly trend: 'none' | 'additive' | 'damped';
  readonly period: number;
}

/** One learner for all series, step by step on its own forecasts. */
export interface LearnedSpec {
  readonly kind: 'learned';
  readonly learner: 'Ridge' | 'GradientBoostingRegressor';
  /** Parameters of the learner. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Steps back, each 1 or more. */
  readonly lags: readonly number[];
  /** Steps whose mean and spread are looked at, and that values are measured from. */
  readonly window: number;
  readonly period: number;
}

export type ForecasterSpec = SeasonalNaiveSpec | SmoothingSpec | LearnedSpec;

export interface FitForecasterOptions {
  /** Asked between series and rounds; once true, the fit ends with `ForecastFitStopped`. */
  readonly shouldStop?: () => boolean;
}

export interface FittedForecaster {
  readonly spec: ForecasterSpec;
  /** How many of a series' last values `forecast` looks at. */
  readonly memory: number;
  /**
   * The next `horizon` values of a series.
   * @param at its place among the series of the fit.
   */
  forecast(series: GridSeries, at: number, horizon: number): Float64Array;
  /** What beside the spec is to be kept. */
  toJSON(): unknown;
}

export type FitForecaster<Spec extends ForecasterSpec> = (
  spec: Spec,
  series: readonly GridSeries[],
  grid: TimeGrid,
  options: FitForecasterOptions,
) => FittedForecaster;

/** A fit that was asked to end before it had a model. */
export class ForecastFitStopped extends Error {
  override readonly name = 'ForecastFitStopped';
}
