// The table of estimators: every learner that can be made by its name and read from a model file.

import { gradientBoostingClassifierEntry } from '../boosting/gradient-boosting-classifier.ts';
import { gradientBoostingRegressorEntry } from '../boosting/gradient-boosting-regressor.ts';
import { didYouMean } from '../did-you-mean.ts';
import { LearnError } from '../errors.ts';
import {
  decisionTreeClassifierEntry,
  decisionTreeRegressorEntry,
} from '../forest/decision-tree.ts';
import { extraTreesClassifierEntry, extraTreesRegressorEntry } from '../forest/extra-trees.ts';
import {
  randomForestClassifierEntry,
  randomForestRegressorEntry,
} from '../forest/random-forest.ts';
import { elasticNetEntry } from '../linear/elastic-net.ts';
import { lassoEntry } from '../linear/lasso.ts';
import { linearRegressionEntry } from '../linear/linear-regression.ts';
import { logisticRegressionEntry } from '../linear/logistic-regression.ts';
import { ridgeEntry } from '../linear/ridge.ts';
import { dummyClassifierEntry } from '../naive/dummy-classifier.ts';
import { dummyRegressorEntry } from '../naive/dummy-regressor.ts';
import { kNeighborsClassifierEntry } from '../neighbors/k-neighbors-classifier.ts';
import { kNeighborsRegressorEntry } from '../neighbors/k-neighbors-regressor.ts';
import { mlpClassifierEntry } from '../neural/mlp-classifier.ts';
import { mlpRegressorEntry } from '../neural/mlp-regressor.ts';
import type { EstimatorEntry } from './estimator-entry.ts';

// One line a learner, in alphabetical order; each learner's module exports its entry.
const entries: readonly EstimatorEntry[] = [
  decisionTreeClassifierEntry,
  decisionTreeRegressorEntry,
  dummyClassifierEntry,
  dummyRegressorEntry,
  elasticNetEntry,
  extraTreesClassifierEntry,
  extraTreesRegressorEntry,
  gradientBoostingClassifierEntry,
  gradientBoostingRegressorEntry,
  kNeighborsClassifierEntry,
  kNeighborsRegressorEntry,
  lassoEntry,
  linearRegressionEntry,
  logisticRegressionEntry,
  mlpClassifierEntry,
  mlpRegressorEntry,
  randomForestClassifierEntry,
  randomForestRegressorEntry,
  ridgeEntry,
];

/** Every learner by its name. */
export const estimators: ReadonlyMap<string, EstimatorEntry> = new Map(
  entries.map((entry) => [entry.name, entry]),
);

/** @throws LearnError ESTIMATOR_UNKNOWN. */
export function estimatorEntry(name: string): EstimatorEntry {
  const entry = estimators.get(name);
  if (entry !== undefined) return entry;
  const known = [...estimators.keys()];
  throw new LearnError(
    'ESTIMATOR_UNKNOWN',
    `there is no estimator '${name.slice(0, 100)}'${didYouMean(name, known) || `; known are ${known.join(', ')}`}`,
  );
}
