// The reference values of normalQuantile are those of scipy.stats.norm.ppf (SciPy 1.17.1).
import type { Distribution } from '@ridgeline/azureml-yaml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawValue } from './draw-value.ts';
import { normalProbability } from './normal-probability.ts';
import { normalQuantile } from './normal-quantile.ts';
import { unitNumber } from './unit-number.ts';

test.each([
  [1e-10, -6.361340902404056],
  [0.001, -3.090232306167813],
  [0.02, -2.053748910631823],
  [0.1, -1.2815515655446004],
  [0.3, -0.5244005127080409],
  [0.5, 0],
  [0.7, 0.5244005127080407],
  [0.975, 1.959963984540054],
  [0.9999, 3.719016485455709],
])('the normal quantile of %d is %d', (probability, quantile) => {
  expect(normalQuantile(probability)).toBeCloseTo(quantile, 13);
});

test('the normal distribution undoes its quantile', () => {
  const inside = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  fc.assert(
    fc.property(inside, (probability) => {
      expect(normalProbability(normalQuantile(probability))).toBeCloseTo(probability, 6);
    }),
  );
});

describe('the distributions', () => {
  const cases: ReadonlyArray<readonly [Distribution, number, unknown]> = [
    [{ type: 'choice', values: ['a', 2, true] }, 0.34, 2],
    [{ type: 'randint', upper: 4 }, 0.99, 3],
    [{ type: 'uniform', minValue: -1, maxValue: 3 }, 0.25, 0],
    [{ type: 'quniform', minValue: 0, maxValue: 1, q: 0.1 }, 0.31, 0.3],
    [{ type: 'loguniform', minValue: -2, maxValue: 0 }, 0.5, Math.exp(-1)],
    [{ type: 'qloguniform', minValue: 0, maxValue: 4, q: 5 }, 0.5, 5],
    [{ type: 'normal', mu: 10, sigma: 2 }, 0.975, 10 + 2 * 1.959963984540054],
    [{ type: 'qnormal', mu: 10, sigma: 2, q: 4 }, 0.975, 12],
    [{ type: 'lognormal', mu: 1, sigma: 2 }, 0.5, Math.E],
    [{ type: 'qlognormal', mu: 1, sigma: 2, q: 2 }, 0.5, 2],
  ];

  test.each(cases)('%j at %d', (distribution, unit, value) => {
    const drawn = drawValue(distribution, unit);
    if (typeof value === 'number') expect(drawn).toBeCloseTo(value, 12);
    else expect(drawn).toBe(value);
  });

  test('logbase is the base of the logarithmic ones', () => {
    const distribution = { type: 'loguniform', minValue: -6, maxValue: -1 } as const;
    expect(drawValue(distribution, 0.2, 10)).toBeCloseTo(1e-5, 12);
  });

  test('each choice and each integer is drawn, and about equally often', () => {
    const counts = new Map<unknown, number>();
    for (let index = 0; index < 4_000; index += 1) {
      const drawn = drawValue({ type: 'randint', upper: 4 }, unitNumber('seed', index));
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted()).toEqual([0, 1, 2, 3]);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
