// The estimator GradientBoostingRegressor: boosted histogram trees, as scikit-learn's
// HistGradientBoostingRegressor and LightGBM's regressor.

import type { FitOptions, Regressor } from '../estimator/estimator.ts';
import type { RegressorEntry } from '../estimator/estimator-entry.ts';
import type { Loss } from '../loss/loss.ts';
import { absoluteLoss, pinballLoss, poissonLoss, squaredLoss } from '../loss/regression-losses.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { FittedTreeRegressor } from '../tree/fitted-tree-models.ts';
import { readTreeRegressor } from '../tree/read-tree-model.ts';
import { fitInput } from './boosting-fit-input.ts';
import { fitBoosting } from './boosting-loop.ts';
import { gradientBoostingRegressorParameters } from './boosting-parameters.ts';

const estimator = 'GradientBoostingRegressor';

export type GradientBoostingRegressorParameters = ParameterValues<
  typeof gradientBoostingRegressorParameters
>;

export class GradientBoostingRegressor implements Regressor {
  readonly parameters: GradientBoostingRegressorParameters;

  /** @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID. */
  constructor(parameters: Partial<GradientBoostingRegressorParameters> = {}) {
    this.parameters = resolveParameters(estimator, gradientBoostingRegressorParameters, parameters);
  }

  /**
   * @param x missing values and categories are taken as they are.
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE for a target that the loss
   * does not take, PARAMETER_INVALID for directions of another number than columns.
   */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedTreeRegressor {
    const { parameters } = this;
    const target = checkedVector('y', y, x.rowCount, 'x');
    const { training, watched } = fitInput(
      x,
      { target, isClasses: false, validation: validationTarget(options) },
      parameters,
      options,
    );
    const { shouldStop, team } = options;
    const loss = lossOf(parameters);
    const fitted = fitBoosting(training, parameters, { loss, watched, shouldStop, team });
    const link = parameters.loss === 'poisson' ? 'exp' : 'identity';
    return new FittedTreeRegressor({ estimator, parameters, link, ...fitted });
  }
}

function validationTarget({ validation }: FitOptions): Float64Array | null {
  if (validation === undefined) return null;
  const { x, y } = validation;
  return checkedVector('the validation y', Array.from(y, Number), x.rowCount, 'its x');
}

function lossOf({ loss, quantile }: GradientBoostingRegressorParameters): Loss {
  if (loss === 'absolute_error') return absoluteLoss;
  if (loss === 'quantile') return pinballLoss(quantile);
  return loss === 'poisson' ? poissonLoss : squaredLoss;
}

export const gradientBoostingRegressorEntry: RegressorEntry = {
  kind: 'regressor',
  name: estimator,
  parameters: gradientBoostingRegressorParameters,
  takesMissing: true,
  takesCategories: true,
  takesSampleWeight: true,
  doc: 'Boosted trees on binned features, grown leaf by leaf; takes missing values and categories.',
  create: (parameters) => new GradientBoostingRegressor(parameters),
  read: (json) => readTreeRegressor(json, estimator, gradientBoostingRegressorParameters),
};
