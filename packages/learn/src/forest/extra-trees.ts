// Extremely randomised trees (Geurts, Ernst and Wehenkel 2006): as random forests, with one random
// threshold for each column that is tried. Parameters are scikit-learn's.

import type { ParameterValues } from '../parameter/parameter-spec.ts';
import type { ForestKind } from './fit-forest.ts';
import {
  ForestClassifier,
  ForestRegressor,
  forestClassifierEntry,
  forestRegressorEntry,
} from './forest-estimator.ts';
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

export class ExtraTreesRegressor extends ForestRegressor<typeof extraTreesRegressorParameters> {
  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<ExtraTreesRegressorParameters> = {}) {
    super(extraTreesRegression, extraTreesRegressorParameters, parameters);
  }
}

export class ExtraTreesClassifier extends ForestClassifier<typeof extraTreesClassifierParameters> {
  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<ExtraTreesClassifierParameters> = {}) {
    super(extraTreesClassification, extraTreesClassifierParameters, parameters);
  }
}

const doc = 'A mean of trees with random thresholds (Geurts et al. 2006).';

export const extraTreesRegressorEntry = forestRegressorEntry(extraTreesRegression, {
  doc,
  parameters: extraTreesRegressorParameters,
  create: (parameters) => new ExtraTreesRegressor(parameters),
});

export const extraTreesClassifierEntry = forestClassifierEntry(extraTreesClassification, {
  doc,
  parameters: extraTreesClassifierParameters,
  create: (parameters) => new ExtraTreesClassifier(parameters),
});
