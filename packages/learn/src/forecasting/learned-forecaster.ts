// A forecaster by one learner for all series: it predicts the next step, and goes on from its own
// forecasts. Values are measured from their latest mean, in units of the series' spread.

import { GradientBoostingRegressor } from '../boosting/gradient-boosting-regressor.ts';
import { LearnError } from '../errors.ts';
import type { FittedModel, FittedRegressor } from '../estimator/estimator.ts';
import { readModel } from '../estimator/read-model.ts';
import { rowPredictor } from '../estimator/row-predictor.ts';
import { Ridge } from '../linear/ridge.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { finite, invalidField, list, record } from '../model-json/read-fields.ts';
import {
  type FitForecasterOptions,
  type FittedForecaster,
  ForecastFitStopped,
  type LearnedSpec,
} from './forecaster.ts';
import type { GridSeries } from './grid-series.ts';
import { stepFeatures } from './step-features.ts';
import type { TimeGrid } from './time-grid.ts';

interface LearnedFields {
  readonly model: FittedModel;
  /** One a series of the fit. */
  readonly scales: readonly number[];
  /** The farthest that a forecast may be from the latest mean, in scales. */
  readonly reach: number;
}

const mostRows = 200_000;

/** @throws LearnError DATA_SERIES_INVALID where no step has a known value before it. */
export function fitLearned(
  spec: LearnedSpec,
  series: readonly GridSeries[],
  grid: TimeGrid,
  { shouldStop = () => false }: FitForecasterOptions,
): FittedForecaster {
  const scales = series.map(({ values }) => scaleOf(values));
  const { x, y } = trainingRows(spec, series, grid, scales);
  if (shouldStop()) throw new ForecastFitStopped('the fit of a learner was ended');
  const model = fitLearner(spec, x, y, shouldStop);
  const reach = 3 * y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return learnedForecaster(spec, grid, { model, scales, reach });
}

export function readLearned(
  spec: LearnedSpec,
  grid: TimeGrid,
  json: unknown,
  count: number,
): FittedForecaster {
  const fields = record(json, 'fitted');
  const model = readModel(fields.model);
  const { names } = stepFeatures(spec, grid);
  if (model.kind !== 'regressor' || model.columnCount !== names.length) {
    throw invalidField(`its learner is no regressor of ${names.length} features`);
  }
  const scales = list(fields.scales, 'fitted.scales', finite, { length: count });
  return learnedForecaster(spec, grid, {
    model,
    scales,
    reach: finite(fields.reach, 'fitted.reach'),
  });
}

function learnedForecaster(
  spec: LearnedSpec,
  grid: TimeGrid,
  fields: LearnedFields,
): FittedForecaster {
  const features = stepFeatures(spec, grid);
  const predict = rowPredictor(fields.model);
  const row = new Float64Array(features.names.length);
  const out = new Float64Array(1);
  const { scales, reach } = fields;
  return {
    spec,
    memory: spec.lags.reduce((most, lag) => Math.max(most, lag), spec.window),
    forecast: ({ values, start }, at, horizon) => {
      const all = new Float64Array(values.length + horizon);
      all.set(values);
      for (let t = values.length; t < all.length; t++) {
        const mean = features.write(all, t, start, scales[at], row);
        if (spec.learner === 'Ridge') fillMissing(row);
        predict(row, out);
        const move = Math.min(reach, Math.max(-reach, out[0]));
        all[t] = mean + scales[at] * move;
      }
      return all.slice(values.length);
    },
    toJSON: () => ({ model: fields.model, scales, reach }),
  };
}

function trainingRows(
  spec: LearnedSpec,
  series: readonly GridSeries[],
  grid: TimeGrid,
  scales: readonly number[],
) {
  const features = stepFeatures(spec, grid);
  const columns: number[][] = features.names.map(() => []);
  const y: number[] = [];
  const row = new Float64Array(features.names.length);
  // The latest rows of each series, where there are too many.
  const most = Math.ceil(mostRows / series.length);
  series.forEach(({ values, start }, at) => {
    for (let t = Math.max(1, values.length - most); t < values.length; t++) {
      if (Number.isNaN(values[t])) continue;
      const mean = features.write(values, t, start, scales[at], row);
      if (Number.isNaN(mean)) continue;
      if (spec.learner === 'Ridge') fillMissing(row);
      for (let j = 0; j < row.length; j++) columns[j].push(row[j]);
      y.push((values[t] - mean) / scales[at]);
    }
  });
  if (y.length === 0) {
    throw new LearnError(
      'DATA_SERIES_INVALID',
      'no series has two values that a learner could learn from',
    );
  }
  const x = new FeatureMatrix(
    columns.map((values, j) => {
      return { kind: 'numeric', name: features.names[j], values: Float64Array.from(values) };
    }),
  );
  return { x, y: Float64Array.from(y) };
}

function fitLearner(
  { learner, parameters }: LearnedSpec,
  x: FeatureMatrix,
  y: Float64Array,
  shouldStop: () => boolean,
): FittedRegressor {
  if (learner === 'Ridge') return new Ridge(parameters).fit(x, y);
  return new GradientBoostingRegressor(parameters).fit(x, y, { shouldStop });
}

/** 0 is the latest mean. */
function fillMissing(row: Float64Array): void {
  for (let j = 0; j < row.length; j++) if (Number.isNaN(row[j])) row[j] = 0;
}

/** Standard deviation; 1 of a series that never changes. */
function scaleOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value / known.length, 0);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2 / known.length, 0);
  const scale = Math.sqrt(variance);
  return scale > 0 && Number.isFinite(scale) ? scale : 1;
}
