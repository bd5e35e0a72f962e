// Against scikit-learn. A single tree on few distinct values has one best split a node, and must be the
// same tree; forests are random, and must be as good: within four of scikit-learn's deviations over
// seeds, and no less than a small share of the score.

import { describe, expect, it } from 'vitest';
import { forestReference, singleTreeCases } from '../../test/tree-reference.ts';
import type { Label } from '../estimator/estimator.ts';
import { estimatorEntry } from '../estimator/estimators.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { FittedTreeClassifier, type FittedTreeRegressor } from '../tree/fitted-tree-models.ts';

type TreeModel = FittedTreeRegressor | FittedTreeClassifier;

describe('a single tree', () => {
  it.each(singleTreeCases)("is scikit-learn's: $estimator $parameters", (reference) => {
    const x = matrixFromRows(reference.x);
    const options = { sampleWeight: reference.weight };
    const model = fitted(reference.estimator, reference.parameters, x, reference.y, options);
    const ours = predictions(model, x);
    reference.predictions.flat().forEach((value, at) => {
      expect(ours[at]).toBeCloseTo(value, 5);
    });
    reference.importances.forEach((value, j) => {
      expect(model.featureImportances()[j]).toBeCloseTo(value, 5);
    });
  });
});

describe('forests', () => {
  const { data, cases } = forestReference();

  it.each(cases)("are as good as scikit-learn's: $estimator, $data, $metric", (reference) => {
    const { x, y } = data[reference.data];
    const seeds = [0, 1];
    const scores = seeds.map((seed) =>
      crossValidated(reference.estimator, seed, x, y, reference.metric),
    );
    const score = scores.reduce((sum, value) => sum + value, 0) / seeds.length;
    const worse = reference.metric === 'accuracy' ? reference.mean - score : score - reference.mean;
    const share = reference.metric === 'log_loss' ? 0.25 : 0.02;
    expect(worse).toBeLessThan(Math.max(4 * reference.deviation, share * reference.mean));
  });
});

function fitted(
  name: string,
  parameters: object,
  x: ReturnType<typeof matrixFromRows>,
  y: readonly number[],
  options = {},
): TreeModel {
  const entry = estimatorEntry(name);
  const estimator = entry.create(parameters);
  return estimator.fit(x, [...y] as (number & Label)[], options) as TreeModel;
}

function predictions(model: TreeModel, x: ReturnType<typeof matrixFromRows>): Float64Array {
  return model instanceof FittedTreeClassifier
    ? model.predictProbabilities(x).values
    : model.predict(x);
}

/** Fold k of 5 holds rows k, k + 5, k + 10 and so on, as in the reference. */
function crossValidated(
  name: string,
  seed: number,
  rows: readonly number[][],
  y: readonly number[],
  metric: string,
): number {
  const limits = name.startsWith('Decision') ? { maxDepth: 4 } : {};
  let total = 0;
  for (let fold = 0; fold < 5; fold++) {
    const isTest = (_: unknown, i: number) => i % 5 === fold;
    const isTrain = (_: unknown, i: number) => i % 5 !== fold;
    const train = matrixFromRows(rows.filter(isTrain));
    const model = fitted(name, { ...limits, randomState: seed }, train, y.filter(isTrain));
    const test = matrixFromRows(rows.filter(isTest));
    total += scoreOf(metric, predictions(model, test), y.filter(isTest)) / 5;
  }
  return total;
}

function scoreOf(metric: string, values: Float64Array, y: readonly number[]): number {
  const width = values.length / y.length;
  const rows = y.map((_, i) => values.subarray(i * width, (i + 1) * width));
  const mean = (term: (row: Float64Array, i: number) => number) =>
    rows.reduce((sum, row, i) => sum + term(row, i), 0) / rows.length;
  if (metric === 'rmse') return Math.sqrt(mean((row, i) => (row[0] - y[i]) ** 2));
  if (metric === 'accuracy') {
    return mean((row, i) => (row.indexOf(Math.max(...row)) === y[i] ? 1 : 0));
  }
  return mean((row, i) => -Math.log(Math.max(row[y[i]], 2 ** -52)));
}
