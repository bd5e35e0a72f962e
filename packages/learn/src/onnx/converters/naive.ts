// Naive baselines: the same answer for every row.

import type { FittedDummyClassifier } from '../../naive/fitted-dummy-classifier.ts';
import type { FittedDummyRegressor } from '../../naive/fitted-dummy-regressor.ts';
import type { GraphBuilder } from '../graph-builder.ts';
import type { GraphFeatures } from '../graph-features.ts';
import { constantRows, type Doubles } from '../operators.ts';

export function convertDummyRegressor(
  g: GraphBuilder,
  { constant }: FittedDummyRegressor,
  { values }: GraphFeatures,
): Doubles {
  return constantRows(g, values, [constant]);
}

export function convertDummyClassifier(
  g: GraphBuilder,
  { probabilities }: FittedDummyClassifier,
  { values }: GraphFeatures,
): Doubles {
  return constantRows(g, values, probabilities);
}
