import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regressionData } from '../../test/arbitraries.ts';
import { errorOf } from '../../test/error-of.ts';
import { Matrix } from '../matrix/matrix.ts';
import { describeLinearEstimator } from './linear-estimator.conformance.ts';
import { LinearRegression } from './linear-regression.ts';
import { Ridge } from './ridge.ts';

const alphas = fc.double({ min: 1e-3, max: 1e6, noNaN: true });

function norm(vector: Float64Array): number {
  return Math.hypot(...vector);
}

describe('Ridge', () => {
  describeLinearEstimator((parameters) => new Ridge(parameters));

  it('shrinks the coefficients as alpha grows', () => {
    fc.assert(
      fc.property(regressionData, alphas, alphas, ({ x, y }, one, other) => {
        const weak = new Ridge({ alpha: Math.min(one, other) }).fit(x, y);
        const strong = new Ridge({ alpha: Math.max(one, other) }).fit(x, y);
        expect(norm(strong.coefficients)).toBeLessThanOrEqual(norm(weak.coefficients) * (1 + 1e-9));
      }),
    );
  });

  it('has a gradient of zero at its solution', () => {
    fc.assert(
      fc.property(regressionData, alphas, ({ x, y }, alpha) => {
        const { coefficients, ...model } = new Ridge({ alpha, fitIntercept: false }).fit(x, y);
        const fitted = x.column(0).map((_, i) => dotOfRow(x, i, coefficients) + model.intercept);
        for (let j = 0; j < x.columnCount; j++) {
          const pull = x.column(j).reduce((sum, value, i) => sum + value * (y[i] - fitted[i]), 0);
          expect(Math.abs(pull - alpha * coefficients[j])).toBeLessThan(1e-5);
        }
      }),
    );
  });

  it('is least squares when alpha is 0', () => {
    fc.assert(
      fc.property(regressionData, ({ x, y }) => {
        const ridge = new Ridge({ alpha: 0 }).fit(x, y);
        const leastSquares = new LinearRegression().fit(x, y);
        expect(ridge.coefficients).toEqual(leastSquares.coefficients);
        expect(ridge.intercept).toBe(leastSquares.intercept);
      }),
    );
  });

  it('does not change with the scale of data and alpha together', () => {
    fc.assert(
      fc.property(regressionData, fc.integer({ min: -300, max: 300 }), ({ x, y }, power) => {
        const factor = 2 ** power;
        const scaled = new Matrix(
          x.rowCount,
          x.columnCount,
          x.values.map((v) => v * factor),
        );
        const model = new Ridge({ alpha: 1 }).fit(x, y);
        const other = new Ridge({ alpha: factor ** 2 }).fit(scaled, y);
        expect(other.coefficients.map((value) => value * factor)).toEqual(model.coefficients);
      }),
    );
  });

  it('refuses a negative alpha', () => {
    expect(errorOf(() => new Ridge({ alpha: -0.1 })).code).toBe('PARAMETER_INVALID');
  });
});

function dotOfRow(x: Matrix, row: number, coefficients: Float64Array): number {
  return coefficients.reduce((sum, c, j) => sum + c * x.values[row * x.columnCount + j], 0);
}
