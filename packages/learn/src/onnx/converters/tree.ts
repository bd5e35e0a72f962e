// Models that are ensembles of trees. Features are rounded to float32 first, as the native predictors
// do it, so that both route a row alike.

import type { FittedTreeClassifier, FittedTreeRegressor } from '../../tree/fitted-tree-models.ts';
import type { TreeEnsemble } from '../../tree/tree.ts';
import { sharesOfRow, withFirstOfTwo } from '../arithmetic.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import {
  add,
  cast,
  constantRows,
  type Doubles,
  divide,
  exponential,
  maximum,
  minimum,
  roundToFloat,
  rowOf,
  scalar,
  softmax,
} from '../operators.ts';
import { probabilitiesOf } from './linear.ts';
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
  return link === 'mean' ? sharesOfRow(g, raw, classes.length) : softmax(g, raw);
}

function ofTwo(g: GraphBuilder, link: string, raw: Doubles, treeCount: number): Doubles {
  if (link !== 'mean') return probabilitiesOf(g, raw, 1);
  const share = divide(g, raw, scalar(g, Math.max(1, treeCount)));
  const second = minimum(g, scalar(g, 1), maximum(g, scalar(g, 0), share));
  return withFirstOfTwo(g, second);
}

function rawScores(g: GraphBuilder, ensemble: TreeEnsemble, features: GraphFeatures): Doubles {
  if (ensemble.trees.length === 0) return constantRows(g, features.values, ensemble.baseScore);
  const rounded = roundToFloat(g, features.values);
  const attributes = treeAttributes(ensemble, features.columns);
  const sums = g.node('TreeEnsembleRegressor', [rounded], 'float', attributes, 'ai.onnx.ml');
  return add(g, cast(g, sums, 'double'), rowOf(g, ensemble.baseScore));
}
