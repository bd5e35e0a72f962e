// The fits beside scikit-learn's. Its Ridge solves the normal equations and so loses digits where
// they are nearly singular; there the exact solution, in rational arithmetic, is the judge. Without a
// penalty the same cutoff decides here and there which directions count, also for deficient ranks.

import { describe, expect, it } from 'vitest';
import { diabetes, difference, linearCases, type ReferenceFit } from '../../test/reference-data.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import type { FittedLinearModel } from './fitted-linear-model.ts';
import { LinearRegression } from './linear-regression.ts';
import { Ridge } from './ridge.ts';

const tolerance = 1e-9;

const cases = [{ ...diabetes, name: 'diabetes' }, ...linearCases];

const fits = cases.flatMap((data) =>
  data.fits.map((fit) => ({
    label: `${data.name}: ${fit.estimator} ${fit.alpha ?? ''} ${fit.fitIntercept ? 'with' : 'without'} intercept`,
    data,
    fit,
  })),
);

function fitted(data: (typeof cases)[number], fit: ReferenceFit): FittedLinearModel {
  const { alpha, fitIntercept } = fit;
  const estimator =
    alpha === null ? new LinearRegression({ fitIntercept }) : new Ridge({ alpha, fitIntercept });
  return estimator.fit(matrixFromRows(data.x), data.y);
}

/** How far scikit-learn's own coefficients are from the exact ones. */
function errorOfReference({ coefficients, exact }: ReferenceFit): number {
  return exact === undefined ? 0 : difference(coefficients, exact.coefficients);
}

describe('agrees with scikit-learn to 1e-9', () => {
  const sound = fits.filter(({ fit }) => errorOfReference(fit) < tolerance / 10);

  it('which is itself that exact on nearly all of the fits', () => {
    expect(sound.length).toBeGreaterThan(0.95 * fits.length);
  });

  it.each(sound)('$label', ({ data, fit }) => {
    const model = fitted(data, fit);
    expect(difference(model.coefficients, fit.coefficients)).toBeLessThan(tolerance);
    expect(Math.abs(model.intercept - fit.intercept)).toBeLessThanOrEqual(
      tolerance * Math.abs(fit.intercept),
    );
  });
});

describe('agrees with the exact solution to 1e-9, or as well as scikit-learn does', () => {
  it.each(fits.filter(({ fit }) => fit.exact !== undefined))('$label', ({ data, fit }) => {
    const error = difference(fitted(data, fit).coefficients, fit.exact?.coefficients ?? []);
    expect(error).toBeLessThan(Math.max(tolerance, 2 * errorOfReference(fit)));
  });
});

describe('agrees with scikit-learn to 1e-9 in each coefficient', () => {
  const plain = ['diabetes', 'well-conditioned', 'columns of very different size', 'one column'];

  it.each(fits.filter(({ data }) => plain.includes(data.name)))('$label', ({ data, fit }) => {
    const { coefficients } = fitted(data, fit);
    fit.coefficients.forEach((expected, j) => {
      expect(Math.abs(coefficients[j] / expected - 1)).toBeLessThan(tolerance);
    });
  });
});
