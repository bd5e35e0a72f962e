// The estimator LinearRegression: ordinary least squares, as scikit-learn's class of that name.

import type { FitOptions, Regressor } from '../estimator/estimator.ts';
import type { RegressorEntry } from '../estimator/estimator-entry.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { centre, uncentre } from './centred-data.ts';
import { FittedLinearModel } from './fitted-linear-model.ts';
import { solveLeastSquares } from './least-squares.ts';
import { linearRegressionParameters } from './linear-parameters.ts';

export type LinearRegressionParameters = ParameterValues<typeof linearRegressionParameters>;

export class LinearRegression implements Regressor {
  readonly parameters: LinearRegressionParameters;

  /**
   * @param parameters `fitIntercept`: whether to fit an intercept; default true.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<LinearRegressionParameters> = {}) {
    this.parameters = resolveParameters('LinearRegression', linearRegressionParameters, parameters);
  }

  /**
   * Minimises Σ weight (X w + b - y)². Data of deficient rank get the coefficients of minimum norm;
   * directions whose singular value is at most 1e-6 of the largest count as none, as in scikit-learn.
   * @param y one finite target a row of `x`.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE.
   */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedLinearModel {
    const target = checkedVector('y', y, x.rowCount, 'x');
    const weights = checkedWeights(options.sampleWeight, x.rowCount);
    const data = centre(asMatrix(x), target, this.parameters.fitIntercept, weights);
    const solution = uncentre(data, solveLeastSquares(data.columns, data.target));
    return new FittedLinearModel({
      estimator: 'LinearRegression',
      parameters: this.parameters,
      ...solution,
    });
  }
}

export const linearRegressionEntry: RegressorEntry = {
  kind: 'regressor',
  name: 'LinearRegression',
  parameters: linearRegressionParameters,
  takesMissing: false,
  takesCategories: false,
  takesSampleWeight: true,
  doc: 'Ordinary least squares; where columns depend on each other, the solution of minimum norm.',
  create: (parameters) => new LinearRegression(parameters),
  read: FittedLinearModel.fromJSON,
};
