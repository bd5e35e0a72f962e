// What every linear estimator promises. Each estimator's test runs the whole suite.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regressionData } from '../../test/arbitraries.ts';
import { errorOf } from '../../test/error-of.ts';
import { Matrix } from '../matrix/matrix.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { FittedLinearModel } from './fitted-linear-model.ts';

interface LinearEstimator {
  fit(x: Matrix, y: ArrayLike<number>): FittedLinearModel;
}

type MakeEstimator = (parameters: { readonly fitIntercept?: boolean }) => LinearEstimator;

export function describeLinearEstimator(make: MakeEstimator): void {
  describeData(make);
  describeProperties(make);
}

function describeData(make: MakeEstimator): void {
  const x = matrixFromRows([
    [1, 2],
    [3, 5],
    [4, 4],
    [7, 1],
  ]);
  const y = [1, 2, 3, 5];

  describe('its data', () => {
    it('are left as they were', () => {
      const values = Float64Array.from(x.values);
      const target = Float64Array.from(y);
      make({}).fit(x, target);
      expect(x.values).toEqual(values);
      expect([...target]).toEqual(y);
    });

    it.each([
      [[1, 2, 3], 'SHAPE_MISMATCH', 'y has 3 values, and x has 4'],
      [[1, 2, Number.NaN, 4], 'DATA_NOT_FINITE', 'y at index 2 (from 0) is NaN'],
      [[1, 2, 3, Number.POSITIVE_INFINITY], 'DATA_NOT_FINITE', 'is Infinity'],
    ])('are refused with the target %j', (target, code, message) => {
      const error = errorOf(() => make({}).fit(x, target));
      expect(error.code).toBe(code);
      expect(error.message).toContain(message);
    });

    it.each([2 ** 600, 2 ** -600])('may be of a size of %d', (factor) => {
      const scaled = new Matrix(
        x.rowCount,
        x.columnCount,
        x.values.map((value) => value * factor),
      );
      expect(make({}).fit(scaled, y).predict(scaled).every(Number.isFinite)).toBe(true);
    });

    it('are refused when they have no finite solution', () => {
      const huge = [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE];
      expect(errorOf(() => make({}).fit(x, huge)).code).toBe('DATA_OUT_OF_RANGE');
    });

    it('may be constant: every coefficient is 0 and the intercept is the mean', () => {
      const constant = new Matrix(3, 2, new Float64Array(6).fill(0.1));
      const model = make({}).fit(constant, [1, 2, 6]);
      expect([...model.coefficients]).toEqual([0, 0]);
      expect(model.intercept).toBe(3);
    });
  });
}

function describeProperties(make: MakeEstimator): void {
  describe('its model', () => {
    it('predicts the mean of the target, in the mean, when there is an intercept', () => {
      fc.assert(
        fc.property(regressionData, ({ x, y }) => {
          const predictions = make({}).fit(x, y).predict(x);
          const gap = y.reduce((sum, value, i) => sum + value - predictions[i], 0);
          expect(Math.abs(gap)).toBeLessThan(1e-7);
        }),
      );
    });

    it('has intercept 0 and predicts 0 for zeros when there is none', () => {
      fc.assert(
        fc.property(regressionData, ({ x, y }) => {
          const model = make({ fitIntercept: false }).fit(x, y);
          const zeros = new Matrix(1, x.columnCount, new Float64Array(x.columnCount));
          expect([...model.predict(zeros)]).toEqual([0]);
        }),
      );
    });

    it('is the same after a way through JSON, to the last bit', () => {
      fc.assert(
        fc.property(regressionData, ({ x, y }) => {
          const model = make({}).fit(x, y);
          const read = FittedLinearModel.fromJSON(JSON.parse(JSON.stringify(model)));
          expect(read).toEqual(model);
          expect(read.predict(x)).toEqual(model.predict(x));
        }),
      );
    });

    it('is the same for the same data', () => {
      fc.assert(
        fc.property(regressionData, ({ x, y }) => {
          expect(make({}).fit(x, y)).toEqual(make({}).fit(x, y));
        }),
      );
    });
  });
}
