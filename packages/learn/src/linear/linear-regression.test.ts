import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regressionData } from '../../test/arbitraries.ts';
import { errorOf } from '../../test/error-of.ts';
import { Matrix } from '../matrix/matrix.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { describeLinearEstimator } from './linear-estimator.conformance.ts';
import { LinearRegression } from './linear-regression.ts';

describe('LinearRegression', () => {
  describeLinearEstimator((parameters) => new LinearRegression(parameters));

  it('finds the planted line', () => {
    const x = matrixFromRows([
      [0, 1],
      [1, 0],
      [2, 2],
      [3, 5],
    ]);
    const y = [0, 1, 2, 3].map((i) => 4 + 2 * x.values[2 * i] - 3 * x.values[2 * i + 1]);
    const model = new LinearRegression().fit(x, y);
    expect(model.coefficients[0]).toBeCloseTo(2, 12);
    expect(model.coefficients[1]).toBeCloseTo(-3, 12);
    expect(model.intercept).toBeCloseTo(4, 12);
    expect(model.estimator).toBe('LinearRegression');
    expect(model.parameters).toEqual({ fitIntercept: true });
  });

  it('leaves residuals that are orthogonal to every feature', () => {
    fc.assert(
      fc.property(regressionData, fc.boolean(), ({ x, y }, fitIntercept) => {
        const predictions = new LinearRegression({ fitIntercept }).fit(x, y).predict(x);
        for (let j = 0; j < x.columnCount; j++) {
          const column = x.column(j);
          const product = column.reduce(
            (sum, value, i) => sum + value * (y[i] - predictions[i]),
            0,
          );
          expect(Math.abs(product)).toBeLessThan(1e-5);
        }
      }),
    );
  });

  it('shares the weight of a repeated column equally: the least norm', () => {
    const x = matrixFromRows([
      [1, 1],
      [2, 2],
      [4, 4],
    ]);
    const model = new LinearRegression({ fitIntercept: false }).fit(x, [2, 4, 8]);
    expect(model.coefficients[0]).toBeCloseTo(1, 12);
    expect(model.coefficients[1]).toBeCloseTo(1, 12);
  });

  it('predicts the same, to the last bit, when the features are scaled by a power of two', () => {
    fc.assert(
      fc.property(regressionData, fc.integer({ min: -900, max: 900 }), ({ x, y }, power) => {
        const values = x.values.map((value) => value * 2 ** power);
        const scaled = new Matrix(x.rowCount, x.columnCount, values);
        const estimator = new LinearRegression({ fitIntercept: false });
        expect(estimator.fit(scaled, y).predict(scaled)).toEqual(estimator.fit(x, y).predict(x));
      }),
    );
  });

  it('has no parameter alpha', () => {
    const parameters = JSON.parse('{"alpha": 1}');
    expect(errorOf(() => new LinearRegression(parameters)).code).toBe('PARAMETER_UNKNOWN');
  });
});
