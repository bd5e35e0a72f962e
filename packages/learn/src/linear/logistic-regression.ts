// The estimator LogisticRegression: for two classes by the logistic, for more by the softmax loss, with
// the objective of scikit-learn's class of that name.

import type { Classifier, ClassifierFitOptions, Label } from '../estimator/estimator.ts';
import type { ClassifierEntry } from '../estimator/estimator-entry.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import { withoutWeightless } from '../estimator/weightless-rows.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { FittedLogisticRegression } from './fitted-logistic-regression.ts';
import { solveLogistic } from './logistic-fit.ts';
import { logisticRegressionParameters } from './logistic-parameters.ts';

export type LogisticRegressionParameters = ParameterValues<typeof logisticRegressionParameters>;

export class LogisticRegression implements Classifier {
  readonly parameters: LogisticRegressionParameters;

  /**
   * @param parameters `penalty`: `l2` (default), `l1`, `elasticnet` or `none`; `C`: the inverse of its
   * strength, default 1; `l1Ratio`: share of L1 in `elasticnet`; `fitIntercept`, `maxIterations`,
   * `tol`: see `logisticRegressionParameters`.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<LogisticRegressionParameters> = {}) {
    this.parameters = resolveParameters(
      'LogisticRegression',
      logisticRegressionParameters,
      parameters,
    );
  }

  /**
   * Minimises C Σ weight loss + (1 - r)/2 |w|² + r |w|₁, where r is 0 for `l2`, 1 for `l1` and
   * `l1Ratio` for `elasticnet`. Classes that can be told apart without error have no minimum without
   * a penalty; the coefficients then grow until the loss is flat to the tolerance.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE, DATA_LABEL_INVALID,
   * DATA_ONE_CLASS.
   */
  fit(
    x: Features,
    y: ArrayLike<Label>,
    options: ClassifierFitOptions = {},
  ): FittedLogisticRegression {
    const { classes, codes } = encodeLabels(y, options.classes, x.rowCount);
    const weights = checkedWeights(options.sampleWeight, x.rowCount);
    const solution = solveLogistic(
      withoutWeightless(asMatrix(x), codes, weights),
      classes.length,
      this.parameters,
      options.shouldStop ?? (() => false),
    );
    return new FittedLogisticRegression({ parameters: this.parameters, classes, ...solution });
  }
}

export const logisticRegressionEntry: ClassifierEntry = {
  kind: 'classifier',
  name: 'LogisticRegression',
  parameters: logisticRegressionParameters,
  takesMissing: false,
  takesCategories: false,
  takesSampleWeight: true,
  doc: 'Linear scores turned into probabilities, for two classes or more, with an L1 or L2 penalty.',
  create: (parameters) => new LogisticRegression(parameters),
  read: FittedLogisticRegression.fromJSON,
};
