// Random forests (Breiman 2001): means of trees grown on rows drawn with replacement, with columns drawn
// at each node. Parameters are scikit-learn's.

import type { ParameterValues } from '../parameter/parameter-spec.ts';
import type { ForestKind } from './fit-forest.ts';
import {
  ForestClassifier,
  ForestRegressor,
  forestClassifierEntry,
  forestRegressorEntry,
} from './forest-estimator.ts';
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

export class RandomForestRegressor extends ForestRegressor<typeof randomForestRegressorParameters> {
  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<RandomForestRegressorParameters> = {}) {
    super(randomForestRegression, randomForestRegressorParameters, parameters);
  }
}

export class RandomForestClassifier extends ForestClassifier<
  typeof randomForestClassifierParameters
> {
  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<RandomForestClassifierParameters> = {}) {
    super(randomForestClassification, randomForestClassifierParameters, parameters);
  }
}

const doc = 'A mean of trees, each grown on rows drawn with replacement (Breiman 2001).';

export const randomForestRegressorEntry = forestRegressorEntry(randomForestRegression, {
  doc,
  parameters: randomForestRegressorParameters,
  create: (parameters) => new RandomForestRegressor(parameters),
});

export const randomForestClassifierEntry = forestClassifierEntry(randomForestClassification, {
  doc,
  parameters: randomForestClassifierParameters,
  create: (parameters) => new RandomForestClassifier(parameters),
});
