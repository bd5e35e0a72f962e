// Single decision trees (Breiman et al. 1984), as scikit-learn's, but for columns of more than 255
// distinct values, which are split between 255 bins of them.

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
  decisionTreeClassifierParameters,
  decisionTreeRegressorParameters,
} from './forest-parameters.ts';

export type DecisionTreeRegressorParameters = ParameterValues<
  typeof decisionTreeRegressorParameters
>;
export type DecisionTreeClassifierParameters = ParameterValues<
  typeof decisionTreeClassifierParameters
>;

/** For plans that are grown in parts. */
export const decisionTreeRegression: ForestKind = {
  name: 'DecisionTreeRegressor',
  randomThresholds: false,
};
export const decisionTreeClassification: ForestKind = {
  name: 'DecisionTreeClassifier',
  randomThresholds: false,
};

export class DecisionTreeRegressor implements Regressor {
  readonly parameters: DecisionTreeRegressorParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<DecisionTreeRegressorParameters> = {}) {
    const { name } = decisionTreeRegression;
    this.parameters = resolveParameters(name, decisionTreeRegressorParameters, parameters);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE. */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedTreeRegressor {
    return fitRegressionForest(decisionTreeRegression, this.parameters, x, y, options);
  }
}

export class DecisionTreeClassifier implements Classifier {
  readonly parameters: DecisionTreeClassifierParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<DecisionTreeClassifierParameters> = {}) {
    const { name } = decisionTreeClassification;
    this.parameters = resolveParameters(name, decisionTreeClassifierParameters, parameters);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_ONE_CLASS, DATA_LABEL_INVALID, DATA_OUT_OF_RANGE. */
  fit(x: Features, y: ArrayLike<Label>, options: ClassifierFitOptions = {}): FittedTreeClassifier {
    return fitClassificationForest(decisionTreeClassification, this.parameters, x, y, options);
  }
}

const common = {
  takesMissing: true,
  takesCategories: true,
  takesSampleWeight: true,
  doc: 'One tree, grown to purity unless limited.',
} as const;

export const decisionTreeRegressorEntry: RegressorEntry = {
  ...common,
  kind: 'regressor',
  name: decisionTreeRegression.name,
  parameters: decisionTreeRegressorParameters,
  create: (parameters) => new DecisionTreeRegressor(parameters),
  read: (json) =>
    readTreeRegressor(json, decisionTreeRegression.name, decisionTreeRegressorParameters),
};

export const decisionTreeClassifierEntry: ClassifierEntry = {
  ...common,
  kind: 'classifier',
  name: decisionTreeClassification.name,
  parameters: decisionTreeClassifierParameters,
  create: (parameters) => new DecisionTreeClassifier(parameters),
  read: (json) =>
    readTreeClassifier(json, decisionTreeClassification.name, decisionTreeClassifierParameters),
};
