// The baselines beside scikit-learn's, and the one known difference: with weights, the median here is
// the mean of the two middle values where half of the weight lies up to the first, so that a weight of
// 2 counts as the row twice.

import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { learnerReference, referenceData } from '../../test/learner-reference.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { DummyClassifier } from './dummy-classifier.ts';
import { DummyRegressor } from './dummy-regressor.ts';
import { FittedDummyClassifier } from './fitted-dummy-classifier.ts';

describe('agrees with scikit-learn', () => {
  it.each(learnerReference.naive)('$strategy $quantile, weighted: $weighted', (one) => {
    const { x, y, options } = referenceData('tall', one.weighted);
    const row = x.takeRows([0]);
    const found =
      one.kind === 'regressor'
        ? new DummyRegressor({ strategy: one.strategy, quantile: one.quantile })
            .fit(x, y, options)
            .predict(row)
        : new DummyClassifier({ strategy: one.strategy })
            .fit(x, one.labels, options)
            .predictProbabilities(row).values;
    found.forEach((value, k) => {
      expect(value).toBeCloseTo(one.values[k], 12);
    });
  });
});

describe('the median', () => {
  const x = matrixFromRows([[0], [0], [0], [0]]);

  it.each<[number[], number[] | undefined, number]>([
    [[1, 2, 9, 100], undefined, 5.5],
    [[1, 2, 9, 100], [1, 1, 1, 1], 5.5],
    [[1, 2, 9, 100], [0, 0, 1, 0], 9],
    [[1, 2, 9, 100], [1, 1, 1, 5], 100],
    [[-1e308, 1e308, -1e308, 1e308], undefined, 0],
  ])('of %j with the weights %j is %d', (y, sampleWeight, median) => {
    const model = new DummyRegressor({ strategy: 'median' }).fit(x, y, { sampleWeight });
    expect(model.constant).toBe(median);
  });

  it('at the ends is the smallest and the largest', () => {
    const at = (quantile: number) =>
      new DummyRegressor({ strategy: 'quantile', quantile }).fit(x, [3, 1, 2, 4]).constant;
    expect([at(0), at(1), at(0.5)]).toEqual([1, 4, 2.5]);
  });
});

it('a mean that overflows is refused', () => {
  const x = matrixFromRows([[0], [0]]);
  const error = errorOf(() => new DummyRegressor().fit(x, [1.7e308, 1.6e308]));
  expect(error.code).toBe('DATA_OUT_OF_RANGE');
});

it('probabilities that sum to no 1 are refused in a file', () => {
  const model = new DummyClassifier().fit(matrixFromRows([[0], [0]]), [1, 2]);
  const json = { ...JSON.parse(JSON.stringify(model)), probabilities: [0.5, 0.6] };
  const error = errorOf(() => FittedDummyClassifier.fromJSON(json));
  expect(error.message).toContain('shares that sum to 1');
});
