// Prepares data for a linear solver: centred columns, brought to a scale at which squares neither
// overflow nor vanish. Owns the way back from the solver's coefficients to the data's.

import { withoutWeightless } from '../estimator/weightless-rows.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { mean, weightedMean } from '../numeric/sum.ts';

/** Column-major, because every solver here works by columns. */
export interface CentredData {
  /** One vector a feature, one value a row; new, so a solver may overwrite them. */
  readonly columns: readonly Float64Array[];
  /** The centred target, new. */
  readonly target: Float64Array;
  /** The power of two by which the columns were divided: it changes no digit of them. */
  readonly scale: number;
  readonly columnMeans: Float64Array;
  readonly targetMean: number;
}

/**
 * Without `fitIntercept` nothing is centred and the means are 0. With weights the means are weighted,
 * and each row is multiplied by the root of its weight, so that its square counts as often as that;
 * rows of weight 0 are left out.
 */
export function centre(
  x: Matrix,
  y: Float64Array,
  fitIntercept: boolean,
  sampleWeight: Float64Array | null = null,
): CentredData {
  const { x: rows, y: values, weights } = withoutWeightless(x, y, sampleWeight);
  const columns = Array.from({ length: x.columnCount }, (_, j) => rows.column(j));
  const target = Float64Array.from(values);
  const columnMeans = new Float64Array(x.columnCount);
  let targetMean = 0;
  if (fitIntercept) {
    columns.forEach((column, j) => {
      columnMeans[j] = subtractMean(column, weights);
    });
    targetMean = subtractMean(target, weights);
  }
  if (weights !== null) multiplyByRoots([...columns, target], weights);
  return { columns, target, scale: divideByScale(columns), columnMeans, targetMean };
}

/** The coefficients and the intercept on the data's own scale. */
export function uncentre(
  data: CentredData,
  scaled: Float64Array,
): { coefficients: Float64Array; intercept: number } {
  // Adding 0 makes 0 of -0, which JSON could not keep.
  const coefficients = scaled.map((value) => value / data.scale + 0);
  const shift = coefficients.reduce((sum, value, j) => sum + value * data.columnMeans[j], 0);
  return { coefficients, intercept: data.targetMean - shift + 0 };
}

function subtractMean(values: Float64Array, weights: Float64Array | null): number {
  const centre = weights === null ? mean(values) : weightedMean(values, weights);
  for (let i = 0; i < values.length; i++) values[i] -= centre;
  return centre;
}

function multiplyByRoots(vectors: readonly Float64Array[], weights: Float64Array): void {
  const roots = weights.map(Math.sqrt);
  for (const vector of vectors) {
    for (let i = 0; i < vector.length; i++) vector[i] *= roots[i];
  }
}

/**
 * Divides all vectors by the power of two that brings the largest of their values to 1 or 2.
 * @returns that power, so that the division can be undone.
 */
export function divideByScale(columns: readonly Float64Array[]): number {
  const largest = columns.reduce((most, column) => Math.max(most, largestSize(column)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return 1;
  // Within these bounds both the scale and its inverse are ordinary doubles.
  const scale = 2 ** Math.min(1000, Math.max(-1000, Math.floor(Math.log2(largest))));
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) column[i] /= scale;
  }
  return scale;
}

function largestSize(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
