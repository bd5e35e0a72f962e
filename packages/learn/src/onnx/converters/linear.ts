// Linear models: a product with the coefficients, and for classifiers the link after it.

import type { GraphBuilder } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import { add, type Doubles, matMul, rowOf } from '../operators.ts';
import { doubles } from '../tensor.ts';

/**
 * `features` times the coefficients, plus the intercepts: one column an output.
 * @param coefficients one row of coefficients an output.
 */
export function linearScores(
  g: GraphBuilder,
  features: GraphFeatures,
  coefficients: readonly ArrayLike<number>[],
  intercepts: ArrayLike<number>,
): Doubles {
  const columnCount = features.columns.length;
  const outputCount = coefficients.length;
  const weights = new Float64Array(columnCount * outputCount);
  coefficients.forEach((row, k) => {
    for (let j = 0; j < columnCount; j++) weights[j * outputCount + k] = row[j];
  });
  const product = matMul(g, features.values, g.constant(doubles(weights, [columnCount, outputCount])));
  return add(g, product, rowOf(g, intercepts));
}
