// Models that are ensembles of trees. Features are rounded to float32 first, as the native predictors
// do it, so that both route a row alike.

import type { Attributes } from '../attribute.ts';
import type {
  FittedTreeClassifier,
  FittedTreeRegressor,
} from '../../tree/fitted-tree-models.ts';
import type { TreeEnsemble } from '../../tree/tree.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import {
  add,
  cast,
  concatColumns,
  type Doubles,
  divide,
  exponential,
  greater,
  logistic,
  maximum,
  minimum,
  negate,
  roundToFloat,
  rowOf,
  scalar,
  softmax,
  subtract,
  sumColumns,
  where,
} from '../operators.ts';
import { treeAttributes } from './tree-nodes.ts';

/** The largest exponent that gives a finite double, as the native link takes it. */
const largestExponent = 709;

export function convertTreeRegressor(
  g: GraphBuilder,
  { ensemble, link }: FittedTreeRegressor,
  features: GraphFeatures,
): Doubles {
  const raw = rawScores(g, ensemble, features);
  if (link === 'exp') return exponential(g, minimum(g, raw, scalar(g, largestExponent)));
  if (link === 'mean') return divide(g, raw, scalar(g, Math.max(1, ensemble.trees.length)));
  return raw;
}

export function convertTreeClassifier(
  g: GraphBuilder,
  { ensemble, link, classes }: FittedTreeClassifier,
  features: GraphFeatures,
): Doubles {
  const raw = rawScores(g, ensemble, features);
  if (ensemble.outputCount === 1) return ofTwo(g, link, raw, ensemble.trees.length);
  return link === 'mean' ? shares(g, raw, classes.length) : softmax(g, raw);
}

function ofTwo(g: GraphBuilder, link: string, raw: Doubles, treeCount: number): Doubles {
  if (link !== 'mean') return concatColumns(g, [logistic(g, negate(g, raw)), logistic(g, raw)]);
  const share = divide(g, raw, scalar(g, Math.max(1, treeCount)));
  const second = minimum(g, scalar(g, 1), maximum(g, scalar(g, 0), share));
  return concatColumns(g, [subtract(g, scalar(g, 1), second), second]);
}

/** Each row divided by its sum; where that is 0, as no tree has spoken, equal shares. */
function shares(g: GraphBuilder, raw: Doubles, classCount: number): Doubles {
  const total = sumColumns(g, raw);
  const isSpoken = greater(g, total, scalar(g, 0));
  const divisor = where(g, isSpoken, total, scalar(g, 1));
  return where(g, isSpoken, divide(g, raw, divisor), scalar(g, 1 / classCount));
}

function rawScores(g: GraphBuilder, ensemble: TreeEnsemble, features: GraphFeatures): Doubles {
  const rounded = roundToFloat(g, features.values);
  const base = rowOf(g, ensemble.baseScore);
  if (ensemble.trees.length === 0) {
    // The base score for every row: a sum of zeros has the right number of rows.
    const rows = sumColumns(g, where(g, g.node('IsNaN', [rounded], 'bool'), scalar(g, 0), scalar(g, 0)));
    return add(g, rows, base);
  }
  const attributes: Attributes = treeAttributes(ensemble, features.columns);
  const sums = g.node('TreeEnsembleRegressor', [rounded], 'float', attributes, 'ai.onnx.ml');
  return add(g, cast(g, sums, 'double'), base);
}
