// The baseline of regressions: one number for every row, as scikit-learn's DummyRegressor. A learner
// that is no better than it has learnt nothing.

import type { FitOptions, Regressor } from '../estimator/estimator.ts';
import type { RegressorEntry } from '../estimator/estimator-entry.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import { mean, weightedMean } from '../numeric/sum.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { FittedDummyRegressor } from './fitted-dummy-regressor.ts';
import { dummyRegressorParameters } from './naive-parameters.ts';
import { quantileOf } from './weighted-quantile.ts';

export type DummyRegressorParameters = ParameterValues<typeof dummyRegressorParameters>;

export class DummyRegressor implements Regressor {
  readonly parameters: DummyRegressorParameters;

  /**
   * @param parameters `strategy`: `mean` (default), `median` or `quantile`; `quantile`: 0 to 1.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<DummyRegressorParameters> = {}) {
    this.parameters = resolveParameters('DummyRegressor', dummyRegressorParameters, parameters);
  }

  /**
   * @param x only its shape is looked at.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE.
   */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedDummyRegressor {
    const target = checkedVector('y', y, x.rowCount, 'x');
    const weights = checkedWeights(options.sampleWeight, x.rowCount);
    return new FittedDummyRegressor({
      parameters: this.parameters,
      columnCount: x.columnCount,
      constant: this.#statistic(target, weights) + 0,
    });
  }

  #statistic(target: Float64Array, weights: Float64Array | null): number {
    const { strategy, quantile } = this.parameters;
    if (strategy !== 'mean') {
      return quantileOf(target, strategy === 'median' ? 0.5 : quantile, weights);
    }
    return weights === null ? mean(target) : weightedMean(target, weights);
  }
}

export const dummyRegressorEntry: RegressorEntry = {
  kind: 'regressor',
  name: 'DummyRegressor',
  parameters: dummyRegressorParameters,
  takesMissing: true,
  takesCategories: true,
  takesSampleWeight: true,
  doc: 'A baseline: predicts the mean, the median or a quantile of the target for every row.',
  create: (parameters) => new DummyRegressor(parameters),
  read: FittedDummyRegressor.fromJSON,
};
