// Exponential smoothing: simple, with a trend (Holt), damped, and with an additive season (Holt-Winters).
// Weights and first state are those of the least squared error of one step in training.

import { LearnError } from '../errors.ts';
import type { ModelJson } from '../estimator/estimator.ts';
import { finite, integer, list, oneOf, record } from '../model-json/read-fields.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { runFromBestStart } from './best-start.ts';
import { searchedWeights, searchWeights, weightsAt } from './search-weights.ts';
import {
  forecastFrom,
  type SmoothingState,
  type SmoothingWeights,
  smooth,
} from './smoothing-recursion.ts';
import { startingState } from './starting-state.ts';

export const exponentialSmoothingParameters = {
  trend: {
    kind: 'choice',
    default: 'none',
    choices: ['none', 'additive', 'damped'],
    doc: 'Whether the series has a trend, and whether it fades.',
  },
  period: {
    kind: 'integer',
    default: 1,
    min: 1,
    max: 10_000,
    doc: 'Number of steps of a season; 1 for none. Two whole seasons are needed.',
  },
} as const;

export type ExponentialSmoothingParameters = ParameterValues<typeof exponentialSmoothingParameters>;

const maxHorizon = 1_000_000;

export class ExponentialSmoothing {
  readonly parameters: ExponentialSmoothingParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<ExponentialSmoothingParameters> = {}) {
    this.parameters = resolveParameters(
      'ExponentialSmoothing',
      exponentialSmoothingParameters,
      parameters,
    );
  }

  /**
   * @param values in the order of time, at equal steps; NaN where missing.
   * @throws LearnError DATA_NOT_FINITE for an infinity, DATA_SERIES_INVALID for a series that is too
   * short: two seasons, or three known values with a trend, or one.
   */
  fit(values: Float64Array): FittedExponentialSmoothing {
    const { trend, period } = this.parameters;
    checkSeries(values, period, trend !== 'none');
    const unit = unitOf(values);
    const scaled = values.map((value) => value / unit);
    const hasTrend = trend !== 'none';
    const guess = startingState(scaled, period, hasTrend);
    const names = searchedWeights(this.parameters);
    const runAt = (point: Float64Array) => {
      const weights = weightsAt(point, names, trend);
      return { weights, ...runFromBestStart(scaled, guess, weights, hasTrend) };
    };
    const best = runAt(searchWeights(names, (point) => squaresOf(runAt(point).errors)));
    return new FittedExponentialSmoothing({
      parameters: this.parameters,
      weights: best.weights,
      state: timesUnit(best.state, unit),
      meanSquaredError: (squaresOf(best.errors) / values.length) * unit * unit,
    });
  }
}

interface SmoothingFields {
  readonly parameters: ExponentialSmoothingParameters;
  readonly weights: SmoothingWeights;
  readonly state: SmoothingState;
  readonly meanSquaredError: number;
}

export class FittedExponentialSmoothing {
  readonly parameters: ExponentialSmoothingParameters;
  readonly weights: SmoothingWeights;
  /** After the last value of training. */
  readonly state: SmoothingState;
  /** Of the forecasts of one step in training. */
  readonly meanSquaredError: number;

  constructor(fields: SmoothingFields) {
    this.parameters = fields.parameters;
    this.weights = fields.weights;
    this.state = fields.state;
    this.meanSquaredError = fields.meanSquaredError;
  }

  /** The next `horizon` values. @throws LearnError PARAMETER_INVALID. */
  forecast(horizon: number): Float64Array {
    if (!Number.isInteger(horizon) || horizon < 1 || horizon > maxHorizon) {
      throw new LearnError(
        'PARAMETER_INVALID',
        `the horizon is ${horizon}; expected a whole number from 1 to ${maxHorizon}`,
      );
    }
    return forecastFrom(this.state, this.weights.phi, horizon);
  }

  /** The same model after more values, at equal steps after those of training. */
  after(values: Float64Array): FittedExponentialSmoothing {
    const { state } = smooth(values, this.state, this.weights);
    return new FittedExponentialSmoothing({ ...this, state });
  }

  toJSON(): ModelJson {
    const { parameters, weights, meanSquaredError } = this;
    const state = { ...this.state, season: [...this.state.season] };
    return { estimator: 'ExponentialSmoothing', parameters, weights, state, meanSquaredError };
  }

  /** @throws LearnError MODEL_INVALID naming the field that is wrong. */
  static fromJSON(json: unknown): FittedExponentialSmoothing {
    const fields = record(json, 'the model');
    oneOf(fields.estimator, 'estimator', ['ExponentialSmoothing']);
    const parameters = readSmoothingParameters(fields.parameters);
    const weights = record(fields.weights, 'weights');
    const state = record(fields.state, 'state');
    const season = list(state.season, 'state.season', finite, { length: parameters.period });
    return new FittedExponentialSmoothing({
      parameters,
      weights: {
        alpha: finite(weights.alpha, 'weights.alpha'),
        beta: finite(weights.beta, 'weights.beta'),
        gamma: finite(weights.gamma, 'weights.gamma'),
        phi: finite(weights.phi, 'weights.phi'),
      },
      state: {
        level: finite(state.level, 'state.level'),
        trend: finite(state.trend, 'state.trend'),
        season: Float64Array.from(season),
      },
      meanSquaredError: finite(fields.meanSquaredError, 'meanSquaredError'),
    });
  }
}

function readSmoothingParameters(json: unknown): ExponentialSmoothingParameters {
  const fields = record(json, 'parameters');
  const { trend, period } = exponentialSmoothingParameters;
  return {
    trend: oneOf(fields.trend, 'parameters.trend', trend.choices),
    period: integer(fields.period, 'parameters.period', period),
  };
}

function squaresOf(errors: Float64Array): number {
  return errors.reduce((sum, error) => sum + error * error, 0);
}

/** A power of two, which changes no digit, that brings the series to where squares are safe. */
function unitOf(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);
  if (largest === 0) return 1;
  return 2 ** Math.min(1000, Math.max(-1000, Math.floor(Math.log2(largest))));
}

function timesUnit({ level, trend, season }: SmoothingState, unit: number): SmoothingState {
  return { level: level * unit, trend: trend * unit, season: season.map((value) => value * unit) };
}

function checkSeries(values: Float64Array, period: number, hasTrend: boolean): void {
  const infinite = values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (infinite >= 0) {
    throw new LearnError(
      'DATA_NOT_FINITE',
      `the series at index ${infinite} (from 0) is ${values[infinite]}; expected finite numbers`,
    );
  }
  const known = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const needed = period > 1 ? 2 * period : hasTrend ? 3 : 1;
  if (known >= needed) return;
  throw new LearnError(
    'DATA_SERIES_INVALID',
    `the series has ${known} values, and exponential smoothing needs ${needed} with ` +
      `${period > 1 ? `a season of ${period}` : hasTrend ? 'a trend' : 'neither trend nor season'}; ` +
      'give more values, or a simpler model',
  );
}
