// The estimator KNeighborsClassifier: the shares of the classes among the nearest rows, as
// scikit-learn's class of that name with Euclidean distance.

import type { Classifier, ClassifierFitOptions, Label } from '../estimator/estimator.ts';
import type { ClassifierEntry } from '../estimator/estimator-entry.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import { refuseSampleWeight } from '../estimator/no-sample-weight.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { FittedKNeighborsClassifier } from './fitted-k-neighbors-classifier.ts';
import type { KNeighborsParameters } from './k-neighbors-regressor.ts';
import { neighborParameters } from './neighbor-parameters.ts';
import { copyOf } from './training-rows.ts';

export class KNeighborsClassifier implements Classifier {
  readonly parameters: KNeighborsParameters;

  /**
   * @param parameters `nNeighbors`: default 5; `weights`: `uniform` (default) or `distance`.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<KNeighborsParameters> = {}) {
    this.parameters = resolveParameters('KNeighborsClassifier', neighborParameters, parameters);
  }

  /**
   * Keeps a copy of the rows; columns count by their own scale, so bring them to a common one first.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_LABEL_INVALID, DATA_ONE_CLASS,
   * PARAMETER_INVALID for sample weights.
   */
  fit(
    x: Features,
    y: ArrayLike<Label>,
    options: ClassifierFitOptions = {},
  ): FittedKNeighborsClassifier {
    refuseSampleWeight('KNeighborsClassifier', options);
    const { classes, codes } = encodeLabels(y, options.classes, x.rowCount);
    return new FittedKNeighborsClassifier(this.parameters, copyOf(asMatrix(x)), classes, codes);
  }
}

export const kNeighborsClassifierEntry: ClassifierEntry = {
  kind: 'classifier',
  name: 'KNeighborsClassifier',
  parameters: neighborParameters,
  takesMissing: false,
  takesCategories: false,
  takesSampleWeight: false,
  doc: 'The shares of the classes among the nearest rows of training.',
  create: (parameters) => new KNeighborsClassifier(parameters),
  read: FittedKNeighborsClassifier.fromJSON,
};
