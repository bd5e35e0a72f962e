// Extremely randomised trees (Geurts, Ernst and Wehenkel 2006): as random forests, with one random
// threshold for each column that is tried. Parameters are scikit-learn's.

import type {
  Classifier,
  ClassifierFitOptions,
  FitOptions,
  Label,
  Regressor,
} from '../estimator/estimator.ts';
import type { ClassifierEntry, RegressorEntry } from '../estimator/estimator-entry.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import type { FittedTreeClassifier, FittedTreeRegressor } from '../tree/fitted-tree-models.ts';
import { readTreeClassifier, readTreeRegressor } from '../tree/read-tree-model.ts';
import { type ForestKind, fitClassificationForest, fitRegressionForest } from './fit-forest.ts';
import {
  extraTreesClassifierParameters,
  extraTreesRegressorParameters,
} from './forest-parameters.ts';

export type ExtraTreesRegressorParameters = ParameterValues<typeof extraTreesRegressorParameters>;
export type ExtraTreesClassifierParameters = ParameterValues<typeof extraTreesClassifierParameters>;

/** For plans that are grown in parts. */
export const extraTreesRegression: ForestKind = {
  name: 'ExtraTreesRegressor',
  randomThresholds: true,
};
export const extraTreesClassification: ForestKind = {
  name: 'ExtraTreesClassifier',
  randomThresholds: true,
};

export class ExtraTreesRegressor implements Regressor {
  readonly parameters: ExtraTreesRegressorParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<ExtraTreesRegressorParameters> = {}) {
    const { name } = extraTreesRegression;
    this.parameters = resolveParameters(name, extraTreesRegressorParameters, parameters);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE. */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedTreeRegressor {
    return fitRegressionForest(extraTreesRegression, this.parameters, x, y, options);
  }
}

export class ExtraTreesClassifier implements Classifier {
  readonly parameters: ExtraTreesClassifierParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<ExtraTreesClassifierParameters> = {}) {
    const { name } = extraTreesClassification;
    this.parameters = resolveParameters(name, extraTreesClassifierParameters, parameters);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_ONE_CLASS, DATA_LABEL_INVALID, DATA_OUT_OF_RANGE. */
  fit(x: Features, y: ArrayLike<Label>, options: ClassifierFitOptions = {}): FittedTreeClassifier {
    return fitClassificationForest(extraTreesClassification, this.parameters, x, y, options);
  }
}

const common = {
  takesMissing: true,
  takesCategories: true,
  takesSampleWeight: true,
  doc: 'A mean of trees with random thresholds (Geurts et al. 2006).',
} as const;

export const extraTreesRegressorEntry: RegressorEntry = {
  ...common,
  kind: 'regressor',
  name: extraTreesRegression.name,
  parameters: extraTreesRegressorParameters,
  create: (parameters) => new ExtraTreesRegressor(parameters),
  read: (json) => readTreeRegressor(json, extraTreesRegression.name, extraTreesRegressorParameters),
};

export const extraTreesClassifierEntry: ClassifierEntry = {
  ...common,
  kind: 'classifier',
  name: extraTreesClassification.name,
  parameters: extraTreesClassifierParameters,
  create: (parameters) => new ExtraTreesClassifier(parameters),
  read: (json) =>
    readTreeClassifier(json, extraTreesClassification.name, extraTreesClassifierParameters),
};
