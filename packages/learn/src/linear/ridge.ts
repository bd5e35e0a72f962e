// The estimator Ridge: least squares with an L2 penalty, as scikit-learn's class of that name.

import type { FitOptions, Regressor } from '../estimator/estimator.ts';
import type { RegressorEntry } from '../estimator/estimator-entry.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { centre, uncentre } from './centred-data.ts';
import { FittedLinearModel } from './fitted-linear-model.ts';
import { ridgeParameters } from './linear-parameters.ts';
import { solveRidge } from './ridge-solve.ts';

export type RidgeParameters = ParameterValues<typeof ridgeParameters>;

export class Ridge implements Regressor {
  readonly parameters: RidgeParameters;

  /**
   * @param parameters `alpha`: strength of the penalty, 0 or more, default 1; `fitIntercept`: whether
   * to fit an intercept (which is not penalised), default true.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<RidgeParameters> = {}) {
    this.parameters = resolveParameters('Ridge', ridgeParameters, parameters);
  }

  /**
   * Minimises Σ weight (X w + b - y)² + alpha |w|².
   * @param y one finite target a row of `x`.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE.
   */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedLinearModel {
    const target = checkedVector('y', y, x.rowCount, 'x');
    const weights = checkedWeights(options.sampleWeight, x.rowCount);
    const data = centre(asMatrix(x), target, this.parameters.fitIntercept, weights);
    // The columns were divided by the scale, so their squares, to which alpha is added, by its square.
    const alpha = this.parameters.alpha / data.scale / data.scale;
    const solution = uncentre(data, solveRidge(data.columns, data.target, alpha));
    return new FittedLinearModel({ estimator: 'Ridge', parameters: this.parameters, ...solution });
  }
}

export const ridgeEntry: RegressorEntry = {
  kind: 'regressor',
  name: 'Ridge',
  parameters: ridgeParameters,
  takesMissing: false,
  takesCategories: false,
  takesSampleWeight: true,
  doc: 'Least squares with an L2 penalty.',
  create: (parameters) => new Ridge(parameters),
  read: FittedLinearModel.fromJSON,
};
