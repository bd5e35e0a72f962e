// The one contract of all learners. `fit` returns a new, fitted type, so that "predict before fit"
// cannot be written.

import type { Features } from '../matrix/feature-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { ParameterValue } from '../parameter/parameter-spec.ts';
import type { ThreadTeam } from './thread-team.ts';

/** A class of a classification. */
export type Label = string | number | boolean;

export type Parameters = Readonly<Record<string, ParameterValue>>;

export interface FitOptions {
  /** One weight a row, finite and 0 or more, not all 0; default 1 each. */
  readonly sampleWeight?: ArrayLike<number>;
  /** Rows to watch for early stopping, instead of a part of the training rows. */
  readonly validation?: { readonly x: Features; readonly y: ArrayLike<Label> };
  /** Asked between rounds; once true, an iterative fit ends with what it has (one round at least). */
  readonly shouldStop?: () => boolean;
  /** Threads for one large fit; the model is the same bit for bit without. */
  readonly team?: ThreadTeam;
}

export interface ClassifierFitOptions extends FitOptions {
  /**
   * All classes in the order of the probabilities, for targets that may lack one (a fold). Default:
   * the distinct labels of `y`, numbers ascending, else text by code unit.
   */
  readonly classes?: readonly Label[];
}

export interface Regressor {
  readonly parameters: Parameters;
  /** @param y one finite target a row. */
  fit(x: Features, y: ArrayLike<number>, options?: FitOptions): FittedRegressor;
}

export interface Classifier {
  readonly parameters: Parameters;
  /** @param y one label a row. */
  fit(x: Features, y: ArrayLike<Label>, options?: ClassifierFitOptions): FittedClassifier;
}

interface Fitted {
  /** The name of the estimator that made it, as in the table of estimators. */
  readonly estimator: string;
  readonly parameters: Parameters;
  /** Number of features that the model was fitted on. */
  readonly columnCount: number;
  /**
   * The fast path of one row, where a model has one: writes its prediction, or one probability a
   * class, to the start of `out`. `values` holds one number a feature, as the columns of `predict`'s
   * features do, and is not checked again.
   */
  predictRowInto?(values: Float64Array, out: Float64Array): void;
  /** The native format: data only, and exact. Holds `estimator`, by which it is read again. */
  toJSON(): ModelJson;
}

export interface FittedRegressor extends Fitted {
  readonly kind: 'regressor';
  /** One prediction a row. @throws LearnError SHAPE_MISMATCH for another number of columns. */
  predict(x: Features): Float64Array;
}

export interface FittedClassifier extends Fitted {
  readonly kind: 'classifier';
  /** In the order of the columns of `predictProbabilities`. */
  readonly classes: readonly Label[];
  /** One row a row of `x`, one column a class; rows sum to 1. @throws LearnError SHAPE_MISMATCH. */
  predictProbabilities(x: Features): Matrix;
  /** The most probable class a row, the first of equals. @throws LearnError SHAPE_MISMATCH. */
  predict(x: Features): Label[];
}

export type FittedModel = FittedRegressor | FittedClassifier;

export interface ModelJson {
  readonly estimator: string;
  readonly [field: string]: unknown;
}
