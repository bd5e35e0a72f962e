import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vectorOf } from '../../test/arbitraries.ts';
import { errorOf } from '../../test/error-of.ts';
import { metricCases } from '../../test/reference-data.ts';
import { r2Score } from './explained-scores.ts';
import { regressionMetric, regressionMetrics } from './regression-metrics.ts';

const names = [...regressionMetrics.keys()];

const references = metricCases.flatMap((data) =>
  Object.entries(data.values).map(([metric, value]) => ({ ...data, metric, value })),
);

describe('agrees with scikit-learn', () => {
  it('on every metric', () => {
    expect(new Set(references.map(({ metric }) => metric))).toEqual(new Set(names));
  });

  it.each(references)('$metric: $name', ({ metric, value, yTrue, yPred, sampleWeight }) => {
    const options = sampleWeight === null ? {} : { sampleWeight };
    const compute = () => regressionMetric(metric).compute(yTrue, yPred, options);
    if (value === 'undefined') {
      expect(errorOf(compute).code).toBe('DATA_OUT_OF_RANGE');
    } else if (value === 'NaN') {
      expect(compute()).toBeNaN();
    } else {
      expect(Math.abs(compute() - value)).toBeLessThanOrEqual(1e-11 * Math.abs(value));
    }
  });
});

// A known difference: scikit-learn's mean of these is off by one bit, and its score -1.7e33.
it('sees a constant target also where its mean is not exact in binary', () => {
  const constant = [0.1, 0.1, 0.1];
  expect(r2Score(constant, [0.1, 0.1, 1.1])).toBe(0);
  expect(r2Score(constant, constant)).toBe(1);
});

describe.each(names)('%s', (name) => {
  const { compute, direction, range, weighted } = regressionMetric(name);
  const pairs = fc
    .integer({ min: 2, max: 20 })
    .chain((length) => fc.tuple(vectorOf(length), vectorOf(length)))
    .map((vectors) => vectors.map((vector) => vector.map(Math.abs)));

  it('is best, and at the end of its range, for a perfect prediction', () => {
    const best = direction === 'minimize' ? range.min : range.max;
    fc.assert(
      fc.property(pairs, ([yTrue]) => {
        expect(compute(yTrue, yTrue)).toBe(best);
      }),
    );
  });

  it('stays within its range', () => {
    fc.assert(
      fc.property(pairs, ([yTrue, yPred]) => {
        const value = compute(yTrue, yPred);
        expect(value).toBeGreaterThanOrEqual(range.min);
        expect(value).toBeLessThanOrEqual(range.max);
      }),
    );
  });

  it('does not change when every row has the same weight, nor by rows of weight 0', () => {
    fc.assert(
      fc.property(pairs, ([yTrue, yPred]) => {
        const value = compute(yTrue, yPred);
        const sampleWeight = yTrue.map(() => 2);
        expect(compute(yTrue, yPred, { sampleWeight })).toBeCloseTo(value, 9);
        if (!weighted) return;
        const more = { sampleWeight: [...sampleWeight, 0] };
        expect(compute([...yTrue, 5], [...yPred, 50], more)).toBeCloseTo(value, 9);
      }),
    );
  });

  it.each<[string, number[], number[], string]>([
    ['no rows', [], [], 'DATA_EMPTY'],
    ['vectors of different lengths', [1, 2], [1], 'SHAPE_MISMATCH'],
    ['NaN in the truth', [Number.NaN, 1], [1, 1], 'DATA_NOT_FINITE'],
    ['an infinite prediction', [1, 1], [1, Number.POSITIVE_INFINITY], 'DATA_NOT_FINITE'],
  ])('refuses %s', (_, yTrue, yPred, code) => {
    expect(errorOf(() => compute(yTrue, yPred)).code).toBe(code);
  });
});

describe.each(names.filter((name) => regressionMetric(name).weighted))('%s', (name) => {
  it.each<[string, number[], string]>([
    ['too few weights', [1], 'SHAPE_MISMATCH'],
    ['a NaN weight', [1, Number.NaN], 'DATA_NOT_FINITE'],
    ['a negative weight', [1, -1], 'DATA_OUT_OF_RANGE'],
    ['weights of 0 only', [0, 0], 'DATA_OUT_OF_RANGE'],
  ])('refuses %s', (_, sampleWeight, code) => {
    const compute = () => regressionMetric(name).compute([1, 2], [2, 2], { sampleWeight });
    expect(errorOf(compute).code).toBe(code);
  });
});

describe('regressionMetric', () => {
  it.each([
    ['rmsee', "there is no regression metric 'rmsee'; did you mean 'rmse'?"],
    ['accuracy', 'known are mse, rmse, mae'],
    ['__proto__', 'known are mse'],
  ])('does not know %s', (name, message) => {
    const error = errorOf(() => regressionMetric(name));
    expect(error.code).toBe('METRIC_UNKNOWN');
    expect(error.message).toContain(message);
  });
});
