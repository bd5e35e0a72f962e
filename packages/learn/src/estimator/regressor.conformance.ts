// What every regressor promises beyond what every learner does.

import { describe, expect, it } from 'vitest';
import { errorOf, valueOrCode } from '../../test/error-of.ts';
import { learnerOf } from '../../test/learner.ts';
import { distance, plantedTarget, randomMatrix } from '../../test/learner-data.ts';
import type { RegressorEntry } from './estimator-entry.ts';
import { itPromises } from './promise.conformance.ts';

export function describeRegressor(entry: RegressorEntry): void {
  const learner = learnerOf(entry);
  const x = randomMatrix(60, 3, 1);
  const y = plantedTarget(x);

  describe('its target', () => {
    it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
      'is refused with %d in it',
      (value) => {
        const bad = Float64Array.from(y).fill(value, 7, 8);
        expect(errorOf(() => entry.create({}).fit(x, bad)).code).toBe('DATA_NOT_FINITE');
      },
    );

    it.each([0, 3.7, -1e9, 1e-9])('may be constant: %d is predicted', (constant) => {
      const predictions = learner.numbers(learner.fit(x, Array(60).fill(constant)), x);
      for (const value of predictions) {
        expect(Math.abs(value - constant)).toBeLessThanOrEqual(1e-3 * Math.abs(constant));
      }
    });

    it('may be of one row', () => {
      const one = randomMatrix(1, 3, 9);
      const [prediction] = learner.numbers(learner.fit(one, [2.5]), one);
      expect(prediction).toBeCloseTo(2.5, 3);
    });

    it.each([1e100, 1e-100, 1e9])('may be of a size of %d, or is refused', (factor) => {
      const scaled = [...y].map((value) => value * factor);
      const predictions = valueOrCode(() => learner.numbers(learner.fit(x, scaled), x));
      if (typeof predictions === 'string') expect(predictions).toBe('DATA_OUT_OF_RANGE');
      else expect(Math.max(...predictions) / factor).toBeLessThan(2 * Math.max(...y));
    });
  });

  it('takes a typed array as it takes a list', () => {
    const fromList = learner.fit(x, [...y]);
    const fromArray = entry.create(fromList.parameters).fit(x, y);
    expect(fromArray.predict(x)).toEqual(learner.numbers(fromList, x));
  });

  itPromises(entry.name, 'learns a planted relation', () => {
    const large = randomMatrix(300, 3, 11);
    const target = plantedTarget(large);
    const predictions = learner.numbers(learner.fit(large, [...target]), large);
    const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
    const baseline = distance(
      target,
      target.map(() => mean),
    );
    expect(distance(target, predictions)).toBeLessThan(0.4 * baseline);
  });
}
