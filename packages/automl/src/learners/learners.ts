// The table of families, by their names.
import type { LearnerName } from '../settings/learner-names.ts';
import { decisionTree, extraTrees, randomForest } from './forests.ts';
import { gradientBoosting } from './gradient-boosting.ts';
import { kNeighbors } from './k-neighbors.ts';
import type { Learner } from './learner.ts';
import { elasticNet, lasso, logisticRegression, ridge } from './linear.ts';
import { mlp } from './mlp.ts';
import { naive } from './naive.ts';

export const learners: Readonly<Record<LearnerName, Learner>> = {
  gradient_boosting: gradientBoosting,
  random_forest: randomForest,
  extra_trees: extraTrees,
  decision_tree: decisionTree,
  ridge,
  elastic_net: elasticNet,
  lasso,
  logistic_regression: logisticRegression,
  k_neighbors: kNeighbors,
  mlp,
  naive,
};
