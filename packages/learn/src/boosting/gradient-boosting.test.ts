// The two estimators as users meet them: what they refuse, and what they say of classes.

import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { readModel } from '../estimator/read-model.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { GradientBoostingClassifier } from './gradient-boosting-classifier.ts';
import { GradientBoostingRegressor } from './gradient-boosting-regressor.ts';

const rows = Array.from({ length: 240 }, (_, i) => [i % 12, (i * 7) % 5, Math.sin(i)]);
const x = matrixFromRows(rows);
const y = rows.map(([a, b]) => a + b);
const labels = rows.map(([a]) => (a < 4 ? 'low' : a < 8 ? 'middle' : 'top'));
const few = { maxIterations: 30, minSamplesLeaf: 3 };

describe('GradientBoostingClassifier', () => {
  it.each([
    ['two classes', labels.map((label) => (label === 'low' ? 'low' : 'not'))],
    ['three classes', labels],
  ])('tells %s apart', (_, target) => {
    const model = new GradientBoostingClassifier(few).fit(x, target);
    expect(model.predict(x)).toEqual(target);
    expect(model.ensemble.outputCount).toBe(model.classes.length === 2 ? 1 : 3);
    expect(readModel(model.toJSON())).toMatchObject({ classes: model.classes });
  });

  it('gives a class that training lacks next to nothing', () => {
    const classes = ['low', 'middle', 'never', 'top'];
    const model = new GradientBoostingClassifier(few).fit(x, labels, { classes });
    const { values } = model.predictProbabilities(x);
    const never = values.filter((_, i) => i % 4 === 2);
    expect(Math.max(...never)).toBeLessThan(1e-3);
    expect(model.predict(x)).toEqual(labels);
  });

  it('takes validation labels by the classes of training', () => {
    const validation = { x, y: labels };
    const model = new GradientBoostingClassifier(few).fit(x, labels, { validation });
    expect(model.curve[0]).toBeGreaterThan(model.curve.at(-1) ?? 0);
    const other = { x, y: labels.map(() => 'other') };
    const code = errorOf(() =>
      new GradientBoostingClassifier(few).fit(x, labels, { validation: other }),
    ).code;
    expect(code).toBe('DATA_LABEL_INVALID');
  });

  it('sets rows aside class by class for early stopping', () => {
    const parameters = { ...few, earlyStopping: true, maxIterations: 200 };
    const model = new GradientBoostingClassifier(parameters).fit(x, labels);
    expect(model.bestIteration).toBeGreaterThan(0);
    expect(model.ensemble.trees).toHaveLength(3 * (model.bestIteration ?? 0));
  });

  it('refuses one class alone', () => {
    const fit = () => new GradientBoostingClassifier().fit(x, Array(240).fill('a'));
    expect(errorOf(fit).code).toBe('DATA_ONE_CLASS');
  });
});

describe('GradientBoostingRegressor', () => {
  it.each(['squared_error', 'absolute_error', 'quantile', 'poisson'] as const)(
    'learns a sum by %s',
    (loss) => {
      const parameters = { loss, minSamplesLeaf: 2, maxIterations: 150 };
      const predicted = new GradientBoostingRegressor(parameters).fit(x, y).predict(x);
      const errors = predicted.map((value, i) => Math.abs(value - y[i]));
      expect(errors.reduce((sum, error) => sum + error, 0) / 240).toBeLessThan(0.25);
    },
  );

  it('estimates the quantile that it is asked for', () => {
    const spread = Array.from({ length: 4000 }, (_, i) => (i * 2654435761) % 1000);
    const constant = matrixFromRows(spread.map((_, i) => [i % 2]));
    for (const quantile of [0.1, 0.9]) {
      const parameters = { loss: 'quantile', quantile, maxIterations: 20 } as const;
      const [predicted] = new GradientBoostingRegressor(parameters)
        .fit(constant, spread)
        .predict(constant);
      const below = spread.filter((value, i) => i % 2 === 0 && value <= predicted).length / 2000;
      expect(below).toBeCloseTo(quantile, 1);
    }
  });

  it('refuses what it cannot use, by a code and with advice', () => {
    const fit = (parameters: object, target = y, options = {}) =>
      errorOf(() => new GradientBoostingRegressor(parameters).fit(x, target, options));
    expect(fit({ monotonicCst: [1, 0] })).toMatchObject({ code: 'PARAMETER_INVALID' });
    expect(fit({ monotonicCst: [1, 0] }).message).toContain('2 directions, and x has 3 columns');
    expect(
      fit(
        { loss: 'poisson' },
        y.map((value) => -value),
      ).code,
    ).toBe('DATA_OUT_OF_RANGE');
    expect(fit({}, [...y, 1]).code).toBe('SHAPE_MISMATCH');
    expect(
      fit(
        {},
        y.map((value) => value * 1e300),
      ).code,
    ).toBe('DATA_OUT_OF_RANGE');
    const narrow = { x: matrixFromRows([[1]]), y: [1] };
    expect(fit({}, y, { validation: narrow }).code).toBe('SHAPE_MISMATCH');
    expect(fit({}, y, { sampleWeight: y.map(() => 0) }).code).toBe('DATA_OUT_OF_RANGE');
    expect(fit({ maxBins: 256 }).code).toBe('PARAMETER_INVALID');
    expect(fit({ leaves: 3 }).code).toBe('PARAMETER_UNKNOWN');
  });

  it('needs no more than one row', () => {
    const model = new GradientBoostingRegressor({ earlyStopping: true, baggingFraction: 0.1 });
    expect([...model.fit(matrixFromRows([[1]]), [7]).predict(matrixFromRows([[5]]))]).toEqual([7]);
  });
});
