// Random forests (Breiman 2001): means of trees grown on rows drawn with replacement, with columns drawn
// at each node. Parameters are scikit-learn's.

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
  randomForestClassifierParameters,
  randomForestRegressorParameters,
} from './forest-parameters.ts';

export type RandomForestRegressorParameters = ParameterValues<
  typeof randomForestRegressorParameters
>;
export type RandomForestClassifierParameters = ParameterValues<
  typeof randomForestClassifierParameters
>;

/** For plans that are grown in parts. */
export const randomForestRegression: ForestKind = {
  name: 'RandomForestRegressor',
  randomThresholds: false,
};
export const randomForestClassification: ForestKind = {
  name: 'RandomForestClassifier',
  randomThresholds: false,
};

export class RandomForestRegressor implements Regressor {
  readonly parameters: RandomForestRegressorParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<RandomForestRegressorParameters> = {}) {
    const { name } = randomForestRegression;
    this.parameters = resolveParameters(name, randomForestRegressorParameters, parameters);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE. */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedTreeRegressor {
    return fitRegressionForest(randomForestRegression, this.parameters, x, y, options);
  }
}

export class RandomForestClassifier implements Classifier {
  readonly parameters: RandomForestClassifierParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<RandomForestClassifierParameters> = {}) {
    const { name } = randomForestClassification;
    this.parameters = resolveParameters(name, randomForestClassifierParameters, parameters);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_ONE_CLASS, DATA_LABEL_INVALID, DATA_OUT_OF_RANGE. */
  fit(x: Features, y: ArrayLike<Label>, options: ClassifierFitOptions = {}): FittedTreeClassifier {
    return fitClassificationForest(randomForestClassification, this.parameters, x, y, options);
  }
}

const common = {
  takesMissing: true,
  takesCategories: true,
  takesSampleWeight: true,
  doc: 'A mean of trees, each grown on rows drawn with replacement (Breiman 2001).',
} as const;

export const randomForestRegressorEntry: RegressorEntry = {
  ...common,
  kind: 'regressor',
  name: randomForestRegression.name,
  parameters: randomForestRegressorParameters,
  create: (parameters) => new RandomForestRegressor(parameters),
  read: (json) =>
    readTreeRegressor(json, randomForestRegression.name, randomForestRegressorParameters),
};

export const randomForestClassifierEntry: ClassifierEntry = {
  ...common,
  kind: 'classifier',
  name: randomForestClassification.name,
  parameters: randomForestClassifierParameters,
  create: (parameters) => new RandomForestClassifier(parameters),
  read: (json) =>
    readTreeClassifier(json, randomForestClassification.name, randomForestClassifierParameters),
};
