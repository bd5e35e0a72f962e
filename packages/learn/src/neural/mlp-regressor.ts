// The estimator MLPRegressor: a multilayer perceptron on squared loss, trained with Adam, as
// scikit-learn's class of that name. Columns are taken as they are; the target is brought to variance
// 1 for the training, so that neither tolerance nor step size depends on its unit.

import { checkColumnCount } from '../estimator/column-count.ts';
import type { FitOptions, Regressor } from '../estimator/estimator.ts';
import type { RegressorEntry } from '../estimator/estimator-entry.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import { withoutWeightless } from '../estimator/weightless-rows.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { checkedVector } from '../matrix/vector.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { FittedMlpRegressor } from './fitted-mlp-regressor.ts';
import { fitMlp, joined } from './mlp-fit.ts';
import { mlpParameters } from './mlp-parameters.ts';
import { squaredLoss } from './output-loss.ts';
import { targetScaleOf } from './target-scale.ts';

export type MlpParameters = ParameterValues<typeof mlpParameters>;

export class MLPRegressor implements Regressor {
  readonly parameters: MlpParameters;

  /**
   * @param parameters see `mlpParameters`: `hiddenLayerSizes` (default [100]), `activation`, `alpha`,
   * `batchSize`, `learningRateInit`, `maxIterations`, `earlyStopping`, `randomState` and others.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<MlpParameters> = {}) {
    this.parameters = resolveParameters('MLPRegressor', mlpParameters, parameters);
  }

  /**
   * Minimises the mean of half the squared error + alpha/(2 n) |weights|².
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_OUT_OF_RANGE for values too large for
   * sums in float32, for a network too large, and when the training diverges.
   */
  fit(x: Features, y: ArrayLike<number>, options: FitOptions = {}): FittedMlpRegressor {
    const target = checkedVector('y', y, x.rowCount, 'x');
    const weights = checkedWeights(options.sampleWeight, x.rowCount);
    const rows = withoutWeightless(asMatrix(x), target, weights);
    const { centre, spread } = targetScaleOf(rows.y, rows.weights);
    const watched = watchedRows(options, x.columnCount);
    const targets = joined(rows.y, watched?.y ?? new Float64Array(0));
    const task = {
      x: rows.x,
      weights: rows.weights,
      watched: watched?.x ?? null,
      outputs: 1,
      loss: squaredLoss(targets.map((value) => (value - centre) / (spread || 1))),
    };
    const trained = fitMlp(task, this.parameters, options.shouldStop);
    const unit = { outputScale: spread, outputShift: centre };
    return new FittedMlpRegressor({ parameters: this.parameters, ...trained, ...unit });
  }
}

function watchedRows({ validation }: FitOptions, columnCount: number) {
  if (validation === undefined) return null;
  checkColumnCount(validation.x, columnCount);
  const values = Float64Array.from(validation.y, Number);
  const y = checkedVector('the y of validation', values, validation.x.rowCount, 'its x');
  return { x: asMatrix(validation.x), y };
}

export const mlpRegressorEntry: RegressorEntry = {
  kind: 'regressor',
  name: 'MLPRegressor',
  parameters: mlpParameters,
  takesMissing: false,
  takesCategories: false,
  takesSampleWeight: true,
  doc: 'A small neural network; bring the columns to a common scale first.',
  create: (parameters) => new MLPRegressor(parameters),
  read: FittedMlpRegressor.fromJSON,
};
