// Linear models: a product with the coefficients, and for classifiers the link after it.

import type { FittedLinearModel } from '../../linear/fitted-linear-model.ts';
import type { FittedLogisticRegression } from '../../linear/fitted-logistic-regression.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import {
  add,
  concatColumns,
  type Doubles,
  logistic,
  matMul,
  negate,
  rowOf,
  softmax,
} from '../operators.ts';
import { doubles } from '../tensor.ts';

export function convertLinearModel(
  g: GraphBuilder,
  { coefficients, intercept }: FittedLinearModel,
  features: GraphFeatures,
): Doubles {
  return linearScores(g, features, [coefficients], [intercept]);
}

export function convertLogisticRegression(
  g: GraphBuilder,
  { coefficients, intercepts, columnCount }: FittedLogisticRegression,
  features: GraphFeatures,
): Doubles {
  const rows = Array.from(intercepts, (_, k) => {
    return coefficients.subarray(k * columnCount, (k + 1) * columnCount);
  });
  return probabilitiesOf(g, linearScores(g, features, rows, intercepts), intercepts.length);
}

/** One score stands for two classes, of which it is the second's; else one a class. */
export function probabilitiesOf(g: GraphBuilder, scores: Doubles, outputs: number): Doubles {
  if (outputs > 1) return softmax(g, scores);
  return concatColumns(g, [logistic(g, negate(g, scores)), logistic(g, scores)]);
}

/**
 * `features` times the coefficients, plus the intercepts: one column an output.
 * @param coefficients one row of coefficients an output.
 */
function linearScores(
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
  const product = matMul(
    g,
    features.values,
    g.constant(doubles(weights, [columnCount, outputCount])),
  );
  return add(g, product, rowOf(g, intercepts));
}
