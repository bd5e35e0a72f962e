// Fitting, as all forests share it: check, prepare, grow, put together.

import type { ClassifierFitOptions, FitOptions, Label } from '../estimator/estimator.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import { FittedTreeClassifier, FittedTreeRegressor } from '../tree/fitted-tree-models.ts';
import type { Tree } from '../tree/tree.ts';
import { classTarget, numericTarget } from './forest-target.ts';
import { forestEnsemble, growTrees, outOfBagMeans } from './grow-forest.ts';
import { type ForestParameterValues, type ForestPlan, prepareForest } from './prepare-forest.ts';

/** What tells one kind of forest from another. */
export interface ForestKind {
  readonly name: string;
  readonly randomThresholds: boolean;
}

/** Estimator parameters, which a single tree has not all of. */
export type ForestParameters = Partial<ForestParameterValues> & { readonly oobScore?: boolean };

/** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE. */
export function planRegressionForest(
  kind: ForestKind,
  parameters: ForestParameters,
  x: Features,
  y: ArrayLike<number>,
  options: FitOptions,
): ForestPlan {
  const target = checkedVector('y', y, x.rowCount, 'x');
  const weights = checkedWeights(options.sampleWeight, x.rowCount);
  return prepareForest(x, numericTarget(target, weights), full(parameters), kind.randomThresholds);
}

/** The plan, and the classes in the order of their codes. @throws LearnError as encodeLabels does. */
export function planClassificationForest(
  kind: ForestKind,
  parameters: ForestParameters,
  x: Features,
  y: ArrayLike<Label>,
  options: ClassifierFitOptions,
): ForestPlan & { readonly classes: readonly Label[] } {
  const { classes, codes } = encodeLabels(y, options.classes, x.rowCount);
  const weights = checkedWeights(options.sampleWeight, x.rowCount);
  const target = classTarget(codes, classes.length, weights);
  return { ...prepareForest(x, target, full(parameters), kind.randomThresholds), classes };
}

export function fitRegressionForest(
  kind: ForestKind,
  parameters: ForestParameters,
  x: Features,
  y: ArrayLike<number>,
  options: FitOptions,
): FittedTreeRegressor {
  const plan = planRegressionForest(kind, parameters, x, y, options);
  const trees = growTrees(plan, options);
  return new FittedTreeRegressor({
    ...finished(kind, parameters, plan, trees, x),
    link: 'mean',
  });
}

export function fitClassificationForest(
  kind: ForestKind,
  parameters: ForestParameters,
  x: Features,
  y: ArrayLike<Label>,
  options: ClassifierFitOptions,
): FittedTreeClassifier {
  const plan = planClassificationForest(kind, parameters, x, y, options);
  const trees = growTrees(plan, options);
  return new FittedTreeClassifier({
    ...finished(kind, parameters, plan, trees, x),
    link: 'mean',
    classes: plan.classes,
  });
}

function finished(
  kind: ForestKind,
  parameters: ForestParameters,
  plan: ForestPlan,
  trees: readonly Tree[],
  x: Features,
) {
  const wantsOutOfBag = parameters.oobScore === true && plan.settings.bootstrap;
  return {
    estimator: kind.name,
    parameters,
    ensemble: forestEnsemble(plan, trees),
    outOfBag: wantsOutOfBag ? outOfBagMeans(plan, trees, x) : null,
  };
}

/** A single tree is a forest of one that sees every row. */
function full(parameters: ForestParameters): ForestParameterValues {
  return {
    nEstimators: 1,
    criterion: 'squared_error',
    maxDepth: null,
    minSamplesSplit: 2,
    minSamplesLeaf: 1,
    maxFeatures: 'share',
    maxFeaturesShare: 1,
    bootstrap: false,
    maxSamples: 1,
    randomState: 0,
    ...parameters,
  };
}
