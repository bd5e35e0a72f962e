// The estimator Lasso: least squares with an L1 penalty, which sets coefficients to 0, as
// scikit-learn's class of that name.

import type { FitOptions, Regressor } from '../estimator/estimator.ts';
import type { RegressorEntry } from '../estimator/estimator-entry.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { fitElasticNet } from './elastic-net-fit.ts';
import { FittedLinearModel } from './fitted-linear-model.ts';
import { lassoParameters } from './linear-parameters.ts';

export type LassoParameters = ParameterValues<typeof lassoParameters>;

export class Lasso implements Regressor {
  readonly parameters: LassoParameters;

  /**
   * @param parameters `alpha`: strength of the penalty, 0 or more, default 1; `fitIntercept`,
   * `maxIterations`, `tol`: see `lassoParameters`.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<LassoParameters> = {}) {
    this.parameters = resolveParameters('Lasso', lassoParameters, parameters);
  }

  /**
   * Minimises 1/(2 n) Σ weight (X w + b - y)² + alpha |w|₁, where n is the sum of the weights.
   * @param y one finite target a row of `x`.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE.
   */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedLinearModel {
    const { parameters } = this;
    const solution = fitElasticNet(x, y, { ...parameters, l1Ratio: 1 }, options);
    return new FittedLinearModel({ estimator: 'Lasso', parameters, ...solution });
  }
}

export const lassoEntry: RegressorEntry = {
  kind: 'regressor',
  name: 'Lasso',
  parameters: lassoParameters,
  takesMissing: false,
  takesCategories: false,
  takesSampleWeight: true,
  doc: 'Least squares with an L1 penalty, which leaves out columns that help little.',
  create: (parameters) => new Lasso(parameters),
  read: FittedLinearModel.fromJSON,
};
