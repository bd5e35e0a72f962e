// The estimator KNeighborsRegressor: the mean target of the nearest rows, as scikit-learn's class of
// that name with Euclidean distance.

import type { FitOptions, Regressor } from '../estimator/estimator.ts';
import type { RegressorEntry } from '../estimator/estimator-entry.ts';
import { refuseSampleWeight } from '../estimator/no-sample-weight.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { FittedKNeighborsRegressor } from './fitted-k-neighbors-regressor.ts';
import { neighborParameters } from './neighbor-parameters.ts';
import { copyOf } from './training-rows.ts';

export type KNeighborsParameters = ParameterValues<typeof neighborParameters>;

export class KNeighborsRegressor implements Regressor {
  readonly parameters: KNeighborsParameters;

  /**
   * @param parameters `nNeighbors`: default 5; `weights`: `uniform` (default) or `distance`.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<KNeighborsParameters> = {}) {
    this.parameters = resolveParameters('KNeighborsRegressor', neighborParameters, parameters);
  }

  /**
   * Keeps a copy of the rows; columns count by their own scale, so bring them to a common one first.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, PARAMETER_INVALID for sample weights.
   */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedKNeighborsRegressor {
    refuseSampleWeight('KNeighborsRegressor', options);
    const target = Float64Array.from(checkedVector('y', y, x.rowCount, 'x'));
    return new FittedKNeighborsRegressor(this.parameters, copyOf(asMatrix(x)), target);
  }
}

export const kNeighborsRegressorEntry: RegressorEntry = {
  kind: 'regressor',
  name: 'KNeighborsRegressor',
  parameters: neighborParameters,
  takesMissing: false,
  takesCategories: false,
  takesSampleWeight: false,
  doc: 'The mean target of the nearest rows of training.',
  create: (parameters) => new KNeighborsRegressor(parameters),
  read: FittedKNeighborsRegressor.fromJSON,
};
