// The baseline of classifications: the same probabilities for every row, as scikit-learn's
// DummyClassifier.

import type { Classifier, ClassifierFitOptions, Label } from '../estimator/estimator.ts';
import type { ClassifierEntry } from '../estimator/estimator-entry.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { FittedDummyClassifier } from './fitted-dummy-classifier.ts';
import { dummyClassifierParameters } from './naive-parameters.ts';

export type DummyClassifierParameters = ParameterValues<typeof dummyClassifierParameters>;

export class DummyClassifier implements Classifier {
  readonly parameters: DummyClassifierParameters;

  /**
   * @param parameters `strategy`: `prior` (default) or `most_frequent`.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<DummyClassifierParameters> = {}) {
    this.parameters = resolveParameters('DummyClassifier', dummyClassifierParameters, parameters);
  }

  /**
   * @param x only its shape is looked at.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE, DATA_LABEL_INVALID,
   * DATA_ONE_CLASS.
   */
  fit(x: Features, y: ArrayLike<Label>, options: ClassifierFitOptions = {}): FittedDummyClassifier {
    const { classes, codes } = encodeLabels(y, options.classes, x.rowCount);
    const weights = checkedWeights(options.sampleWeight, x.rowCount);
    const shares = sharesOf(codes, classes.length, weights);
    const { strategy } = this.parameters;
    return new FittedDummyClassifier({
      parameters: this.parameters,
      columnCount: x.columnCount,
      classes,
      probabilities: strategy === 'prior' ? shares : oneAtLargest(shares),
    });
  }
}

/** The share of each class in the weight. */
function sharesOf(codes: Int32Array, count: number, weights: Float64Array | null): Float64Array {
  const sums = new Float64Array(count);
  codes.forEach((code, i) => {
    sums[code] += weights === null ? 1 : weights[i];
  });
  const total = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((value) => value / total);
}

/** The first of equals, as scikit-learn takes it. */
function oneAtLargest(shares: Float64Array): Float64Array {
  const largest = shares.indexOf(Math.max(...shares));
  return shares.map((_, k) => (k === largest ? 1 : 0));
}

export const dummyClassifierEntry: ClassifierEntry = {
  kind: 'classifier',
  name: 'DummyClassifier',
  parameters: dummyClassifierParameters,
  takesMissing: true,
  takesCategories: true,
  takesSampleWeight: true,
  doc: 'A baseline: gives every row the shares of the classes in training, or the most frequent class.',
  create: (parameters) => new DummyClassifier(parameters),
  read: FittedDummyClassifier.fromJSON,
};
