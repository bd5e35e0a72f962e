// A learner as data: what the table of estimators holds of each, for model files, searches, help
// texts and the conformance suite.

import type { ParameterSpecs } from '../parameter/parameter-spec.ts';
import type { Classifier, FittedModel, Regressor } from './estimator.ts';

interface Entry {
  /** The class's name, such as `GradientBoostingRegressor`. */
  readonly name: string;
  readonly parameters: ParameterSpecs;
  /** Whether missing values (NaN) may be in the features; else `fit` refuses them. */
  readonly takesMissing: boolean;
  /** Whether categorical columns are split natively; else their codes count as numbers. */
  readonly takesCategories: boolean;
  readonly takesSampleWeight: boolean;
  readonly doc: string;
  /** Reads what the fitted model's `toJSON` wrote, taking nothing on trust. @throws MODEL_INVALID. */
  readonly read: (json: unknown) => FittedModel;
}

export interface RegressorEntry extends Entry {
  readonly kind: 'regressor';
  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  readonly create: (parameters: object) => Regressor;
}

export interface ClassifierEntry extends Entry {
  readonly kind: 'classifier';
  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  readonly create: (parameters: object) => Classifier;
}

export type EstimatorEntry = RegressorEntry | ClassifierEntry;
