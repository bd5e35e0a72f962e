// The estimator MLPClassifier: a multilayer perceptron on logistic or softmax loss, trained with Adam,
// as scikit-learn's class of that name. Columns are taken as they are.

import { checkColumnCount } from '../estimator/column-count.ts';
import type { Classifier, ClassifierFitOptions, Label } from '../estimator/estimator.ts';
import type { ClassifierEntry } from '../estimator/estimator-entry.ts';
import { encodeLabels } from '../estimator/label-codes.ts';
import { checkedWeights } from '../estimator/sample-weight.ts';
import { withoutWeightless } from '../estimator/weightless-rows.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { resolveParameters } from '../parameter/resolve-parameters.ts';
import { FittedMlpClassifier } from './fitted-mlp-classifier.ts';
import { fitMlp } from './mlp-fit.ts';
import { mlpParameters } from './mlp-parameters.ts';
import type { MlpParameters } from './mlp-regressor.ts';
import { binaryLoss, softmaxLoss } from './output-loss.ts';

export class MLPClassifier implements Classifier {
  readonly parameters: MlpParameters;

  /**
   * @param parameters see `mlpParameters`: `hiddenLayerSizes` (default [100]), `activation`, `alpha`,
   * `batchSize`, `learningRateInit`, `maxIterations`, `earlyStopping`, `randomState` and others.
   * @throws LearnError PARAMETER_UNKNOWN, PARAMETER_INVALID.
   */
  constructor(parameters: Partial<MlpParameters> = {}) {
    this.parameters = resolveParameters('MLPClassifier', mlpParameters, parameters);
  }

  /**
   * Minimises the mean cross entropy + alpha/(2 n) |weights|².
   * @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_LABEL_INVALID, DATA_ONE_CLASS,
   * DATA_OUT_OF_RANGE for values too large for sums in float32, for a network too large, and when the
   * training diverges.
   */
  fit(x: Features, y: ArrayLike<Label>, options: ClassifierFitOptions = {}): FittedMlpClassifier {
    const { classes, codes } = encodeLabels(y, options.classes, x.rowCount);
    const weights = checkedWeights(options.sampleWeight, x.rowCount);
    const rows = withoutWeightless(asMatrix(x), codes, weights);
    const watched = watchedRows(options, x.columnCount, classes);
    const all = new Int32Array(rows.y.length + (watched?.codes.length ?? 0));
    all.set(rows.y);
    all.set(watched?.codes ?? [], rows.y.length);
    const outputs = classes.length === 2 ? 1 : classes.length;
    const task = {
      x: rows.x,
      weights: rows.weights,
      watched: watched?.x ?? null,
      outputs,
      loss: outputs === 1 ? binaryLoss(all) : softmaxLoss(all),
    };
    const trained = fitMlp(task, this.parameters, options.shouldStop);
    return new FittedMlpClassifier({ parameters: this.parameters, classes, ...trained });
  }
}

function watchedRows(
  { validation }: ClassifierFitOptions,
  columnCount: number,
  classes: readonly Label[],
) {
  if (validation === undefined) return null;
  checkColumnCount(validation.x, columnCount);
  const { codes } = encodeLabels(validation.y, classes, validation.x.rowCount);
  return { x: asMatrix(validation.x), codes };
}

export const mlpClassifierEntry: ClassifierEntry = {
  kind: 'classifier',
  name: 'MLPClassifier',
  parameters: mlpParameters,
  takesMissing: false,
  takesCategories: false,
  takesSampleWeight: true,
  doc: 'A small neural network; bring the columns to a common scale first.',
  create: (parameters) => new MLPClassifier(parameters),
  read: FittedMlpClassifier.fromJSON,
};
