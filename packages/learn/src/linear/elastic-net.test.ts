// Lasso and ElasticNet beside scikit-learn's (both run until nothing moves), and the two ways to hold
// the problem beside each other.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regressionData } from '../../test/arbitraries.ts';
import { randomMatrix } from '../../test/learner-data.ts';
import { learnerReference, referenceData } from '../../test/learner-reference.ts';
import { difference } from '../../test/reference-data.ts';
import { Matrix } from '../matrix/matrix.ts';
import { descend } from './coordinate-descent.ts';
import { byGram, byResiduals } from './coordinate-problem.ts';
import { ElasticNet } from './elastic-net.ts';
import { Lasso } from './lasso.ts';
import { Ridge } from './ridge.ts';

describe('agrees with scikit-learn to 1e-7', () => {
  it.each(
    learnerReference.penalised.map((fit) => {
      const weights = fit.weighted ? ', weighted' : '';
      return [`${fit.data}, alpha ${fit.alpha}, l1Ratio ${fit.l1Ratio}${weights}`, fit] as const;
    }),
  )('%s', (_, fit) => {
    const { x, y, options } = referenceData(fit.data, fit.weighted);
    const parameters = { alpha: fit.alpha, tol: 1e-14, maxIterations: 1_000_000 };
    const estimator =
      fit.l1Ratio === null
        ? new Lasso(parameters)
        : new ElasticNet({ ...parameters, l1Ratio: fit.l1Ratio });
    const model = estimator.fit(x, y, options);
    expect(difference(model.coefficients, fit.coefficients)).toBeLessThan(1e-7);
    expect(Math.abs(model.intercept - fit.intercept)).toBeLessThan(1e-6);
  });
});

describe('coordinate descent', () => {
  it('is the same by the Gram matrix and by residuals', () => {
    fc.assert(
      fc.property(regressionData, fc.double({ min: 0.1, max: 100, noNaN: true }), (data, l1) => {
        const columns = Array.from({ length: data.x.columnCount }, (_, j) => data.x.column(j));
        const shouldStop = () => false;
        const options = { l1, l2: 1, tolerance: 1e-12, maxIterations: 10_000, shouldStop };
        const one = descend(byGram(columns, data.y), options);
        const other = descend(byResiduals(columns, data.y), options);
        one.forEach((value, j) => {
          expect(Math.abs(value - other[j])).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
        });
      }),
    );
  });

  // Columns without near copies of each other: beside those, descent needs more passes than any limit.
  it('leaves no slope that the penalty does not hold: the conditions of the minimum', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0.01, max: 2, noNaN: true }), (seed, alpha) => {
        const x = randomMatrix(30, 4, seed);
        const y = x.column(0).map((value, i) => 2 * value - x.column(1)[i] + Math.sin(i));
        const model = new Lasso({ alpha, tol: 1e-13, maxIterations: 100_000 }).fit(x, y);
        const predictions = model.predict(x);
        for (let j = 0; j < x.columnCount; j++) {
          const pull = x.column(j).reduce((sum, v, i) => sum + v * (y[i] - predictions[i]), 0);
          const slope = pull / x.rowCount;
          const { [j]: w } = model.coefficients;
          if (w === 0) expect(Math.abs(slope)).toBeLessThan(alpha + 1e-6);
          else expect(Math.abs(slope - Math.sign(w) * alpha)).toBeLessThan(1e-6);
        }
      }),
    );
  });
});

describe('the edges of the elastic net', () => {
  const x = randomMatrix(40, 4, 3);
  const y = x.column(0).map((value, i) => 2 * value + x.column(1)[i]);

  it('l1Ratio 0 is a ridge with alpha times the number of rows', () => {
    const net = new ElasticNet({ alpha: 0.5, l1Ratio: 0 }).fit(x, y);
    expect(net.coefficients).toEqual(new Ridge({ alpha: 20 }).fit(x, y).coefficients);
  });

  it('a penalty that is too strong leaves the mean', () => {
    const model = new Lasso({ alpha: 1e6 }).fit(x, y);
    expect([...model.coefficients]).toEqual([0, 0, 0, 0]);
    expect(model.intercept).toBeCloseTo(y.reduce((sum, value) => sum + value, 0) / 40, 12);
  });

  it('a scale of columns, target and alpha together changes nothing', () => {
    const scaled = new Matrix(
      40,
      4,
      x.values.map((value) => value * 2 ** 40),
    );
    const model = new Lasso({ alpha: 0.01 }).fit(x, y);
    const big = new Lasso({ alpha: 0.01 * 2 ** 90 }).fit(
      scaled,
      y.map((v) => v * 2 ** 50),
    );
    expect(big.coefficients).toEqual(model.coefficients.map((value) => value * 2 ** 10));
  });
});
