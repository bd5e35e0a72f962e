// The estimator LinearRegression: ordinary least squares, as scikit-learn's class of that name.

import type { Matrix } from '../matrix/matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { centre, uncentre } from './centred-data.ts';
import { FittedLinearModel } from './fitted-linear-model.ts';
import { solveLeastSquares } from './least-squares.ts';
import { linearRegressionParameters } from './linear-parameters.ts';

export type LinearRegressionParameters = ParameterValues<typeof linearRegressionParameters>;

export class LinearRegression {
  readonly parameters: LinearRegressionParameters;

  /**
   * @param parameters `fitIntercept`: whether to fit an intercept; default true.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<LinearRegressionParameters> = {}) {
    this.parameters = resolveParameters('LinearRegression', linearRegressionParameters, parameters);
  }

  /**
   * Minimises |X w + b - y|². Data of deficient rank get the coefficients of minimum norm; directions
   * whose singular value is at most 1e-6 of the largest count as none, as in scikit-learn.
   * @param y one finite target a row of `x`.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE for `y`, DATA_OUT_OF_RANGE.
   */
  fit(x: Matrix, y: ArrayLike<number>): FittedLinearModel {
    const target = checkedVector('y', y, x.rowCount, 'x');
    const data = centre(x, target, this.parameters.fitIntercept);
    const solution = uncentre(data, solveLeastSquares(data.columns, data.target));
    return new FittedLinearModel({
      estimator: 'LinearRegression',
      parameters: this.parameters,
      ...solution,
    });
  }
}
