// The estimator GradientBoostingClassifier: boosted histogram trees on the log loss, of two classes by
// one tree a round, of more by one tree a class.

import type { Classifier, ClassifierFitOptions, Label } from '../estimator/estimator.ts';
import type { ClassifierEntry } from '../estimator/estimator-entry.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import { logisticLoss, softmaxLoss } from '../loss/classification-losses.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { FittedTreeClassifier } from '../tree/fitted-tree-models.ts';
import { readTreeClassifier } from '../tree/read-tree-model.ts';
import { fitInput } from './boosting-fit-input.ts';
import { fitBoosting } from './boosting-loop.ts';
import { gradientBoostingClassifierParameters } from './boosting-parameters.ts';

const estimator = 'GradientBoostingClassifier';

export type GradientBoostingClassifierParameters = ParameterValues<
  typeof gradientBoostingClassifierParameters
>;

export class GradientBoostingClassifier implements Classifier {
  readonly parameters: GradientBoostingClassifierParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<GradientBoostingClassifierParameters> = {}) {
    this.parameters = resolveParameters(
      estimator,
      gradientBoostingClassifierParameters,
      parameters,
    );
  }

  /**
   * @param x missing values and categories are taken as they are.
   * @throws LearnError SHAPE_MISMATCH, DATA_ONE_CLASS, DATA_LABEL_INVALID, DATA_OUT_OF_RANGE,
   * PARAMETER_INVALID for directions of another number than columns.
   */
  fit(x: Features, y: ArrayLike<Label>, options: ClassifierFitOptions = {}): FittedTreeClassifier {
    const { parameters } = this;
    const { classes, codes } = encodeLabels(y, options.classes, x.rowCount);
    const validation = validationCodes(options, classes);
    const { training, watched } = fitInput(
      x,
      { target: Float64Array.from(codes), isClasses: true, validation },
      parameters,
      options,
    );
    const { shouldStop, team } = options;
    const isBinary = classes.length === 2;
    const loss = isBinary ? logisticLoss : softmaxLoss(classes.length);
    const fitted = fitBoosting(training, parameters, { loss, watched, shouldStop, team });
    const link = isBinary ? 'logistic' : 'softmax';
    return new FittedTreeClassifier({ estimator, parameters, link, classes, ...fitted });
  }
}

function validationCodes(
  { validation }: ClassifierFitOptions,
  classes: readonly Label[],
): Float64Array | null {
  if (validation === undefined) return null;
  const { x, y } = validation;
  return Float64Array.from(encodeLabels(y, classes, x.rowCount).codes);
}

export const gradientBoostingClassifierEntry: ClassifierEntry = {
  kind: 'classifier',
  name: estimator,
  parameters: gradientBoostingClassifierParameters,
  takesMissing: true,
  takesCategories: true,
  takesSampleWeight: true,
  doc: 'Boosted trees on binned features by the log loss; takes missing values and categories.',
  create: (parameters) => new GradientBoostingClassifier(parameters),
  read: (json) => readTreeClassifier(json, estimator, gradientBoostingClassifierParameters),
};
