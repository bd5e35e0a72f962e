// The estimator ElasticNet: least squares with L1 and L2 penalties, as scikit-learn's class of that
// name.

import type { FitOptions, Regressor } from '../estimator/estimator.ts';
import type { RegressorEntry } from '../estimator/estimator-entry.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { fitElasticNet } from './elastic-net-fit.ts';
import { FittedLinearModel } from './fitted-linear-model.ts';
import { elasticNetParameters } from './linear-parameters.ts';

export type ElasticNetParameters = ParameterValues<typeof elasticNetParameters>;

export class ElasticNet implements Regressor {
  readonly parameters: ElasticNetParameters;

  /**
   * @param parameters `alpha`: strength of the penalty, 0 or more, default 1; `l1Ratio`: share of the L1
   * penalty, 0 to 1, default 0.5; `fitIntercept`,
   * `maxIterations`, `tol`: see `elasticNetParameters`.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<ElasticNetParameters> = {}) {
    this.parameters = resolveParameters('ElasticNet', elasticNetParameters, parameters);
  }

  /**
   * Minimises 1/(2 n) Σ weight (X w + b - y)² + alpha l1Ratio |w|₁ + alpha (1 - l1Ratio)/2 |w|², where n
   * is the sum of the weights.
   * @param y one finite target a row of `x`.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE.
   */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedLinearModel {
    const { parameters } = this;
    const solution = fitElasticNet(x, y, parameters, options);
    return new FittedLinearModel({ estimator: 'ElasticNet', parameters, ...solution });
  }
}

export const elasticNetEntry: RegressorEntry = {
  kind: 'regressor',
  name: 'ElasticNet',
  parameters: elasticNetParameters,
  takesMissing: false,
  takesCategories: false,
  takesSampleWeight: true,
  doc: 'Least squares with L1 and L2 penalties.',
  create: (parameters) => new ElasticNet(parameters),
  read: FittedLinearModel.fromJSON,
};
