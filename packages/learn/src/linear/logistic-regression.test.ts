// LogisticRegression beside scikit-learn's, and what holds at its minimum.

import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { distance, plantedLabels, randomMatrix } from '../../test/learner-data.ts';
import { type LogisticFit, learnerReference, referenceData } from '../../test/learner-reference.ts';
import { Matrix } from '../matrix/matrix.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { FittedLogisticRegression } from './fitted-logistic-regression.ts';
import { LogisticRegression } from './logistic-regression.ts';

type Rows = readonly (readonly number[])[];

/** What both minimise, by its definition. */
function objective(fit: LogisticFit, coefficients: Rows, intercepts: readonly number[]): number {
  const { x, options } = referenceData(fit.data, fit.weighted);
  const r = { l1: 1, l2: 0, elasticnet: fit.l1Ratio }[fit.penalty];
  const penalty = coefficients.flat().reduce((sum, w) => {
    return sum + r * Math.abs(w) + ((1 - r) / 2) * w * w;
  }, 0);
  const loss = fit.labels.reduce((sum, label, i) => {
    const row = x.takeRows([i]).values;
    const found = coefficients.map((column, k) => {
      return column.reduce((score, w, j) => score + w * row[j], intercepts[k]);
    });
    const scores = found.length === 1 ? [0, found[0]] : found;
    const normalizer = Math.log(scores.reduce((total, score) => total + Math.exp(score), 0));
    return sum + (options.sampleWeight?.[i] ?? 1) * (normalizer - scores[label]);
  }, 0);
  return fit.C * loss + penalty;
}

const fits = learnerReference.logistic.map((fit) => {
  const { x, options } = referenceData(fit.data, fit.weighted);
  const { penalty, C, l1Ratio } = fit;
  const model = new LogisticRegression({ penalty, C, l1Ratio, tol: 1e-10 }).fit(
    x,
    fit.labels,
    options,
  );
  const width = model.columnCount;
  const rows = Array.from(model.intercepts, (_, k) =>
    Array.from(model.coefficients.slice(k * width, (k + 1) * width)),
  );
  const label = `${fit.data}, ${fit.classCount} classes, ${penalty}${fit.weighted ? ', weighted' : ''}`;
  const ours = objective(fit, rows, [...model.intercepts]);
  const theirs = objective(fit, fit.coefficients, fit.intercepts);
  return { label, fit, x, model, ours, theirs };
});

describe("ends no higher than scikit-learn's solvers", () => {
  it.each(fits)('$label', ({ ours, theirs }) => {
    expect(ours).toBeLessThan(theirs * (1 + 1e-9));
  });
});

describe('agrees with scikit-learn to 1e-5 where its solver has come to the end', () => {
  const ended = fits.filter(({ ours, theirs }) => theirs < ours * (1 + 1e-9));

  it('which it has nearly always', () => {
    expect(ended.length).toBeGreaterThan(0.9 * fits.length);
  });

  it.each(ended)('$label', ({ fit, x, model }) => {
    const expected = fit.probabilities.flat();
    expect(distance(model.predictProbabilities(x).values, expected)).toBeLessThan(1e-5);
    expect(distance(model.coefficients, fit.coefficients.flat())).toBeLessThan(1e-4);
  });
});

describe('without a penalty', () => {
  it('separable classes have finite coefficients that tell them apart', () => {
    const x = matrixFromRows([[1], [2], [3], [10], [11], [12]]);
    const labels = ['a', 'a', 'a', 'b', 'b', 'b'];
    const model = new LogisticRegression({ penalty: 'none' }).fit(x, labels);
    expect(model.coefficients.every(Number.isFinite)).toBe(true);
    expect(model.predict(x)).toEqual(labels);
  });

  it('the mean probability is the share of the class', () => {
    const x = randomMatrix(200, 3, 4);
    const noise = randomMatrix(200, 1, 5).values;
    const labels = x.column(0).map((value, i) => (value + noise[i] > 0.3 ? 1 : 0));
    const model = new LogisticRegression({ penalty: 'none', tol: 1e-10 }).fit(x, labels);
    const probabilities = model.predictProbabilities(x).column(1);
    const mean = probabilities.reduce((sum, value) => sum + value, 0) / 200;
    expect(mean).toBeCloseTo(labels.filter((label) => label === 1).length / 200, 8);
  });
});

describe('its penalty', () => {
  const x = randomMatrix(100, 6, 8);
  const labels = plantedLabels(x, ['a', 'b', 'c']);

  it('l1 sets the coefficients of noise to 0', () => {
    const model = new LogisticRegression({ penalty: 'l1', C: 0.1 }).fit(x, labels);
    expect(model.coefficients.filter((value) => value === 0).length).toBeGreaterThan(9);
  });

  it('elasticnet is l2 and l1 at the ends of its ratio', () => {
    const fit = (penalty: 'l1' | 'l2' | 'elasticnet', l1Ratio: number) =>
      new LogisticRegression({ penalty, l1Ratio, tol: 1e-9 }).fit(x, labels).coefficients;
    expect(distance(fit('elasticnet', 0), fit('l2', 0.5))).toBeLessThan(1e-6);
    expect(distance(fit('elasticnet', 1), fit('l1', 0.5))).toBeLessThan(1e-6);
  });

  it('does not depend on how far a column is from 0', () => {
    const moved = new Matrix(
      100,
      6,
      x.values.map((value) => value + 1e6),
    );
    const one = new LogisticRegression({ tol: 1e-9 }).fit(x, labels);
    const other = new LogisticRegression({ tol: 1e-9 }).fit(moved, labels);
    expect(distance(other.coefficients, one.coefficients)).toBeLessThan(1e-5);
  });
});

describe('its native format', () => {
  const json = JSON.parse(
    JSON.stringify(new LogisticRegression().fit(matrixFromRows([[1], [2]]), ['a', 'b'])),
  );

  it.each<[string, object, string]>([
    ['coefficients of another length', { columnCount: 2 }, "'coefficients' has 1 items"],
    ['intercepts of another length', { classes: ['a', 'b', 'c'] }, "'coefficients' has 1 items"],
    ['one class', { classes: ['a'] }, "'classes' has 1 items"],
    ['another estimator', { estimator: 'Ridge' }, "'estimator' is not one of"],
    ['a bad parameter', { parameters: { C: 0 } }, "parameter 'C' of LogisticRegression is 0"],
  ])('is refused with %s', (_, change, message) => {
    const error = errorOf(() => FittedLogisticRegression.fromJSON({ ...json, ...change }));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });
});
