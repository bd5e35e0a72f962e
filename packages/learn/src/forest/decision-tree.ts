// Single decision trees (Breiman et al. 1984), as scikit-learn's, but for columns of more than 255
// distinct values, which are split between 255 bins of them.

import type { ParameterValues } from '../parameter/parameter-spec.ts';
import type { ForestKind } from './fit-forest.ts';
import {
  ForestClassifier,
  ForestRegressor,
  forestClassifierEntry,
  forestRegressorEntry,
} from './forest-estimator.ts';
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

export class DecisionTreeRegressor extends ForestRegressor<typeof decisionTreeRegressorParameters> {
  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<DecisionTreeRegressorParameters> = {}) {
    super(decisionTreeRegression, decisionTreeRegressorParameters, parameters);
  }
}

export class DecisionTreeClassifier extends ForestClassifier<
  typeof decisionTreeClassifierParameters
> {
  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<DecisionTreeClassifierParameters> = {}) {
    super(decisionTreeClassification, decisionTreeClassifierParameters, parameters);
  }
}

const doc = 'One tree, grown to purity unless limited.';

export const decisionTreeRegressorEntry = forestRegressorEntry(decisionTreeRegression, {
  doc,
  parameters: decisionTreeRegressorParameters,
  create: (parameters) => new DecisionTreeRegressor(parameters),
});

export const decisionTreeClassifierEntry = forestClassifierEntry(decisionTreeClassification, {
  doc,
  parameters: decisionTreeClassifierParameters,
  create: (parameters) => new DecisionTreeClassifier(parameters),
});
