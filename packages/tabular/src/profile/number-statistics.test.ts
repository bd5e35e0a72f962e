import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberStatistics } from './number-statistics.ts';

test('figures agree with NumPy', () => {
  // numpy: mean, std(ddof=1), quantile of [3, 1, 4, 1, 5, 9, 2, 6].
  const statistics = numberStatistics(Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6, Number.NaN));
  expect(statistics).toMatchObject({ distinctCount: 7, infiniteCount: 0, min: 1, max: 9 });
  expect(statistics.mean).toBeCloseTo(3.875, 14);
  expect(statistics.standardDeviation).toBeCloseTo(2.748376143938713, 14);
  expect(statistics.quantiles['0.05']).toBeCloseTo(1, 14);
  expect(statistics.quantiles['0.25']).toBeCloseTo(1.75, 14);
  expect(statistics.quantiles['0.5']).toBeCloseTo(3.5, 14);
  expect(statistics.quantiles['0.95']).toBeCloseTo(7.95, 14);
});

test('a small spread around a large mean keeps its digits', () => {
  const values = Float64Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);
  expect(numberStatistics(values).standardDeviation).toBeCloseTo(Math.sqrt(30), 12);
});

test('nothing is known of nothing, and no spread of one value', () => {
  const none = numberStatistics(Float64Array.of(Number.NaN));
  expect(none).toMatchObject({ min: null, max: null, mean: null, standardDeviation: null });
  expect(none.quantiles).toEqual({});
  expect(numberStatistics(Float64Array.of(7)).standardDeviation).toBeNull();
});

test('infinite values are counted and left out', () => {
  const statistics = numberStatistics(Float64Array.of(1, Infinity, 3, -Infinity));
  expect(statistics).toMatchObject({ infiniteCount: 2, distinctCount: 4, min: 1, max: 3, mean: 2 });
});

test('for any values, figures are JSON-safe, ordered, and do not change their input', () => {
  const values = fc.float64Array({ maxLength: 40 });
  fc.assert(
    fc.property(values, (input) => {
      const before = input.slice();
      const statistics = numberStatistics(input);
      expect(input).toEqual(before);
      expect(JSON.parse(JSON.stringify(statistics))).toEqual(withoutNegativeZero(statistics));
      const { min, max } = statistics;
      const ordered = [min, ...Object.values(statistics.quantiles), max].filter((x) => x !== null);
      expect(ordered).toEqual([...ordered].sort((left, right) => left - right));
    }),
  );
});

/** JSON writes -0 as 0. */
function withoutNegativeZero(value: unknown): unknown {
  if (typeof value === 'number') return value + 0;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutNegativeZero(inner)]),
  );
}
