// Partial dependence (Friedman 2001): the mean prediction when one feature is set to each of a grid of
// values in all rows, as scikit-learn's `partial_dependence` with the method "brute".

import { LearnError } from '../errors.ts';
import { type FeatureColumn, FeatureMatrix } from '../matrix/feature-matrix.ts';
import { unbiasedQuantile } from '../numeric/quantile.ts';
import { sumOf } from '../numeric/sum.ts';

export interface PartialDependenceOptions {
  /** The most points of a numeric feature's grid, 2 to 10,000; fewer where it has fewer values. Default 100. */
  readonly gridResolution?: number;
  /** The quantiles where a numeric grid begins and ends. Default [0.05, 0.95]. */
  readonly percentiles?: readonly [number, number];
}

export interface PartialDependence {
  readonly feature: string;
  /** Ascending values, or every category code that the rows have. Missing values are not in it. */
  readonly grid: readonly number[];
  /** The mean prediction over the rows, a grid value. */
  readonly average: readonly number[];
}

/**
 * @param column index into the columns of `x`.
 * @param predict one number a row: a regression, or the probability of one class.
 * @throws LearnError SHAPE_MISMATCH without such a column, DATA_EMPTY where all its values are
 * missing, PARAMETER_INVALID.
 */
export function partialDependence(
  x: FeatureMatrix,
  column: number,
  predict: (x: FeatureMatrix) => ArrayLike<number>,
  options: PartialDependenceOptions = {},
): PartialDependence {
  const feature = x.columns[column];
  if (feature === undefined) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `the features have no column ${column}: expected a whole number from 0 to ${x.columnCount - 1}`,
    );
  }
  const grid = gridOf(feature, options);
  const average = grid.map((value) => {
    const predictions = predict(withValue(x, column, value));
    return sumOf(predictions.length, (i) => predictions[i]) / predictions.length;
  });
  return { feature: feature.name, grid, average };
}

function gridOf(feature: FeatureColumn, options: PartialDependenceOptions): readonly number[] {
  const { gridResolution = 100, percentiles = [0.05, 0.95] } = options;
  checkOptions(gridResolution, percentiles);
  const sorted = feature.values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) {
    throw new LearnError('DATA_EMPTY', `column '${feature.name}' has missing values only`);
  }
  const distinct = [...new Set(sorted)];
  if (feature.kind === 'categorical' || distinct.length < gridResolution) return distinct;
  const from = unbiasedQuantile(sorted, percentiles[0]);
  const to = unbiasedQuantile(sorted, percentiles[1]);
  if (from === to) return [from];
  const step = (to - from) / (gridResolution - 1);
  return Array.from({ length: gridResolution }, (_, i) =>
    i === gridResolution - 1 ? to : from + i * step,
  );
}

function withValue(x: FeatureMatrix, column: number, value: number): FeatureMatrix {
  const values = new Float64Array(x.rowCount).fill(value);
  return new FeatureMatrix(x.columns.map((kept, j) => (j === column ? { ...kept, values } : kept)));
}

function checkOptions(gridResolution: number, [from, to]: readonly [number, number]): void {
  if (!Number.isInteger(gridResolution) || gridResolution < 2 || gridResolution > 10_000) {
    throw new LearnError(
      'PARAMETER_INVALID',
      `gridResolution is ${gridResolution}: expected a whole number from 2 to 10000`,
    );
  }
  if (from >= 0 && from < to && to <= 1) return;
  throw new LearnError(
    'PARAMETER_INVALID',
    `percentiles are ${from} and ${to}: expected two numbers from 0 to 1, the first the smaller`,
  );
}
