import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { inspection } from '../../test/evaluation-reference.ts';
import { FittedLinearModel } from '../linear/fitted-linear-model.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { r2Score } from '../metrics/explained-scores.ts';
import { linearShap } from './linear-shap.ts';
import { partialDependence } from './partial-dependence.ts';
import { permutationImportance } from './permutation-importance.ts';

const x = matrixFromRows(inspection.x);
const features = FeatureMatrix.fromMatrix(x);
const model = new FittedLinearModel({
  estimator: 'LinearRegression',
  parameters: { fitIntercept: true },
  coefficients: Float64Array.from(inspection.coefficients),
  intercept: inspection.intercept,
});
const score = (some: FeatureMatrix) => r2Score(inspection.y, model.predict(some));

function expectAll(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 10);
}

describe('permutationImportance', () => {
  it.each(inspection.importances)(
    "is scikit-learn's for seed $randomState and $nRepeats repeats",
    ({ randomState, nRepeats, values, mean, standardDeviation }) => {
      const found = permutationImportance(features, score, { randomState, nRepeats });
      for (const [j, column] of found.entries()) expectAll(column.values, values[j]);
      expectAll(
        found.map((column) => column.mean),
        mean,
      );
      expectAll(
        found.map((column) => column.standardDeviation),
        standardDeviation,
      );
    },
  );

  it('is positive for what matters also where less is better', () => {
    const error = (some: FeatureMatrix) => -score(some);
    const found = permutationImportance(features, error, { direction: 'minimize' });
    const straight = permutationImportance(features, score);
    expect(found).toEqual(straight);
  });

  it('is 0 for a column that the model does not use, and leaves the rows as they were', () => {
    const before = features.columns.map(({ values }) => [...values]);
    const found = permutationImportance(features, (some) => some.columns[0].values[3]);
    expect(found[1].values).toEqual([0, 0, 0, 0, 0]);
    expect(features.columns.map(({ values }) => [...values])).toEqual(before);
  });
});

describe('partialDependence', () => {
  it.each(inspection.dependences)(
    "is scikit-learn's for column $column, $gridResolution points, $percentiles",
    ({ column, gridResolution, percentiles, grid, average }) => {
      const found = partialDependence(features, column, (some) => model.predict(some), {
        gridResolution,
        percentiles,
      });
      expectAll(found.grid, grid);
      expectAll(found.average, average);
    },
  );

  it('takes every category, and leaves missing values out', () => {
    const codes = { kind: 'categorical', name: 'c', levelCount: 4 } as const;
    const some = new FeatureMatrix([{ ...codes, values: Float64Array.of(2, 0, Number.NaN, 2) }]);
    const found = partialDependence(some, 0, (set) => set.columns[0].values);
    expect(found).toEqual({ feature: 'c', grid: [0, 2], average: [0, 2] });
  });

  it.each<[string, number, object, string]>([
    ['a column that is not there', 3, {}, 'SHAPE_MISMATCH'],
    ['a grid of one point', 0, { gridResolution: 1 }, 'PARAMETER_INVALID'],
    ['percentiles in reverse', 0, { percentiles: [0.9, 0.1] }, 'PARAMETER_INVALID'],
  ])('refuses %s', (_, column, options, code) => {
    const call = () => partialDependence(features, column, (some) => model.predict(some), options);
    expect(errorOf(call).code).toBe(code);
  });

  it('refuses a column without values', () => {
    const values = Float64Array.of(Number.NaN);
    const some = new FeatureMatrix([{ kind: 'numeric', name: 'a', values }]);
    expect(errorOf(() => partialDependence(some, 0, () => [1])).code).toBe('DATA_EMPTY');
  });
});

describe('linearShap', () => {
  const rows = matrixFromRows(inspection.x.slice(0, 10));

  it("is SHAP's LinearExplainer with independent features", () => {
    const { baseValue, values } = linearShap(model, rows, x);
    expect(baseValue).toBeCloseTo(inspection.shapBase, 10);
    expectAll(values, inspection.shap.flat());
  });

  it('adds up to the prediction', () => {
    const { baseValue, values } = linearShap(model, rows, x);
    model.predict(rows).forEach((prediction, i) => {
      const row = values.subarray(i * 3, i * 3 + 3);
      expect(baseValue + row[0] + row[1] + row[2]).toBeCloseTo(prediction, 10);
    });
  });

  it('refuses rows of other columns', () => {
    const call = () => linearShap(model, matrixFromRows([[1, 2]]), x);
    expect(errorOf(call).code).toBe('SHAPE_MISMATCH');
  });
});

it.each([0, 1.5, 1001])('refuses %d repeats', (nRepeats) => {
  const call = () => permutationImportance(features, score, { nRepeats });
  expect(errorOf(call).code).toBe('PARAMETER_INVALID');
});
