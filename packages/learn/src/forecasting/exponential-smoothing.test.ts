// Agreement with statsmodels 0.15. The known difference: its forecasts of the last place of a season
// take the value of a season earlier, without the last update; so that place is left out.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { LearnError } from '../errors.ts';
import {
  ExponentialSmoothing,
  type ExponentialSmoothingParameters,
  FittedExponentialSmoothing,
} from './exponential-smoothing.ts';
import { forecastFrom, smooth } from './smoothing-recursion.ts';

interface ReferenceCase extends ExponentialSmoothingParameters {
  readonly series: string;
  readonly squaredError: number;
  readonly forecast: readonly number[];
}

interface KnownCase extends ReferenceCase {
  readonly start: {
    readonly level: number;
    readonly trend: number | null;
    readonly season: readonly number[] | null;
  };
  readonly weights: Readonly<Record<'alpha' | 'beta' | 'gamma' | 'phi', number>>;
}

const url = new URL('../../testdata/forecasting.json', import.meta.url);
const reference = JSON.parse(readFileSync(url, 'utf8')) as {
  readonly series: Readonly<Record<string, readonly number[]>>;
  readonly known: readonly KnownCase[];
  readonly fitted: readonly ReferenceCase[];
};

const valuesOf = (name: string) => Float64Array.from(reference.series[name]);
const squares = (errors: Float64Array) => errors.reduce((sum, error) => sum + error * error, 0);

describe('the recursions', () => {
  it.each(reference.known)('of $series, trend $trend, period $period', (one) => {
    const { trend, period, start, weights } = one;
    const phi = { none: 0, additive: 1, damped: weights.phi }[trend] ?? 0;
    const used = {
      alpha: weights.alpha,
      beta: trend === 'none' ? 0 : weights.beta,
      gamma: period > 1 ? weights.gamma : 0,
      phi,
    };
    const season = Float64Array.from(start.season ?? [0]);
    const run = smooth(
      valuesOf(one.series),
      { level: start.level, trend: start.trend ?? 0, season },
      used,
    );
    expect(squares(run.errors) / one.squaredError).toBeCloseTo(1, 10);
    const forecast = forecastFrom(run.state, phi, one.forecast.length);
    for (const [h, value] of one.forecast.entries()) {
      if (period > 1 && (h + 1) % period === 0) continue;
      expect(forecast[h] / value).toBeCloseTo(1, 10);
    }
  });
});

describe('the fit', () => {
  it.each(reference.fitted)('of $series, trend $trend, period $period errs no more', (one) => {
    const values = valuesOf(one.series);
    const model = new ExponentialSmoothing({ trend: one.trend, period: one.period }).fit(values);
    const error = model.meanSquaredError * values.length;
    expect(error / one.squaredError).toBeLessThan(1.002);
  });

  it('continues a line, and a season on a line', () => {
    const line = Float64Array.from({ length: 30 }, (_, t) => 3 + 2 * t);
    const straight = new ExponentialSmoothing({ trend: 'additive' }).fit(line).forecast(3);
    straight.forEach((value, h) => {
      expect(value).toBeCloseTo(3 + 2 * (30 + h), 6);
    });
    const wave = line.map((value, t) => value + [5, -1, -4][t % 3]);
    const seasonal = new ExponentialSmoothing({ trend: 'additive', period: 3 })
      .fit(wave)
      .forecast(4);
    seasonal.forEach((value, h) => {
      expect(value).toBeCloseTo(3 + 2 * (30 + h) + [5, -1, -4][h % 3], 2);
    });
  });

  it('is finite for any finite series, short, constant, huge or with gaps', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }),
      fc.constant(0),
      fc.constant(Number.NaN),
    );
    const series = fc.array(value, { minLength: 6, maxLength: 25 });
    const parameters = fc.record({
      trend: fc.constantFrom('none', 'additive', 'damped'),
      period: fc.constantFrom(1, 2, 3),
    });
    fc.assert(
      fc.property(series, parameters, (values, given) => {
        try {
          const model = new ExponentialSmoothing(given).fit(Float64Array.from(values));
          expect(model.forecast(5).every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(LearnError);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('goes on over a gap by its own forecast', () => {
    const line = Float64Array.from({ length: 30 }, (_, t) =>
      t === 17 || t === 18 ? Number.NaN : 3 + 2 * t,
    );
    const model = new ExponentialSmoothing({ trend: 'additive' }).fit(line);
    expect(model.forecast(1)[0]).toBeCloseTo(63, 6);
  });

  it.each<[string, () => unknown, string, RegExp]>([
    [
      'a short series',
      () => new ExponentialSmoothing({ period: 12 }).fit(new Float64Array(20)),
      'DATA_SERIES_INVALID',
      /has 20 values.* needs 24 with a season of 12/,
    ],
    [
      'a trend of two',
      () => new ExponentialSmoothing({ trend: 'additive' }).fit(new Float64Array(2)),
      'DATA_SERIES_INVALID',
      /needs 3 with a trend/,
    ],
    [
      'nothing',
      () => new ExponentialSmoothing().fit(Float64Array.of(Number.NaN)),
      'DATA_SERIES_INVALID',
      /has 0 values/,
    ],
    [
      'an infinity',
      () => new ExponentialSmoothing().fit(Float64Array.of(1, Infinity)),
      'DATA_NOT_FINITE',
      /index 1 .* is Infinity/,
    ],
    [
      'a trend that is none',
      () => new ExponentialSmoothing({ trend: 'up' as 'none' }),
      'PARAMETER_INVALID',
      /trend/,
    ],
    [
      'no horizon',
      () => new ExponentialSmoothing().fit(Float64Array.of(1, 2)).forecast(0),
      'PARAMETER_INVALID',
      /horizon is 0/,
    ],
  ])('refuses %s', (_, call, code, message) => {
    const error = errorOf(call);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('a fitted model', () => {
  const values = valuesOf('a season on a trend');
  const model = new ExponentialSmoothing({ trend: 'damped', period: 12 }).fit(values);

  it('comes back from its JSON bit for bit', () => {
    const read = FittedExponentialSmoothing.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(read.forecast(30)).toEqual(model.forecast(30));
  });

  it('moves on with more values', () => {
    const halves = model.after(values.subarray(0, 5)).after(values.subarray(5, 20));
    const whole = model.after(values.subarray(0, 20));
    halves.forecast(14).forEach((value, h) => {
      expect(value).toBeCloseTo(whole.forecast(14)[h], 9);
    });
  });

  it.each<[string, (json: ReturnType<typeof JSON.parse>) => void, string]>([
    ['a season too short', (json) => json.state.season.pop(), 'has 11 items, and 12 are expected'],
    ['a trend that is none', (json) => (json.parameters.trend = 'up'), 'parameters.trend'],
    ['a weight that is none', (json) => (json.weights.alpha = null), 'weights.alpha'],
    ['another estimator', (json) => (json.estimator = 'Ridge'), 'estimator'],
  ])('is not read with %s', (_, change, message) => {
    const json = JSON.parse(JSON.stringify(model));
    change(json);
    const error = errorOf(() => FittedExponentialSmoothing.fromJSON(json));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });
});
