// An MLPClassifier after its fit: the layers, and the classes that their outputs stand for.

import { checkColumnCount } from '../estimator/column-count.ts';
import type { FittedClassifier, Label, ModelJson } from '../estimator/estimator.ts';
import { mostProbable } from '../estimator/label-codes.ts';
import { readParameters } from '../estimator/read-parameters.ts';
import { scoresToProbabilities } from '../linear/scores-to-probabilities.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import { finite, integer, labels, list, oneOf, record } from '../model-json/read-fields.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { type DenseLayer, layersJson, readLayers, runLayers } from './dense-layers.ts';
import { mlpParameters } from './mlp-parameters.ts';

interface Fields {
  readonly parameters: ParameterValues<typeof mlpParameters>;
  readonly classes: readonly Label[];
  readonly layers: readonly DenseLayer[];
  readonly curve: readonly number[];
}

export class FittedMlpClassifier implements FittedClassifier {
  readonly kind = 'classifier';
  readonly estimator = 'MLPClassifier';
  readonly parameters: ParameterValues<typeof mlpParameters>;
  readonly classes: readonly Label[];
  /**
   * `parameters.activation` stands between each two. Two classes have one output, the score of the
   * second class; more have one each.
   */
  readonly layers: readonly DenseLayer[];
  /** The loss that decided when to end, epoch by epoch. */
  readonly curve: readonly number[];

  constructor({ parameters, classes, layers, curve }: Fields) {
    this.parameters = parameters;
    this.classes = classes;
    this.layers = layers;
    this.curve = curve;
  }

  get columnCount(): number {
    return this.layers[0].inputs;
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE where a value is missing. */
  predictProbabilities(x: Features): Matrix {
    checkColumnCount(x, this.columnCount);
    const scores = runLayers(this.layers, this.parameters.activation, asMatrix(x));
    const outputs = this.layers[this.layers.length - 1].outputs;
    const values = scoresToProbabilities(scores, outputs);
    return new Matrix(x.rowCount, this.classes.length, values);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE where a value is missing. */
  predict(x: Features): Label[] {
    return mostProbable(this.predictProbabilities(x), this.classes);
  }

  toJSON(): ModelJson {
    const { estimator, parameters, columnCount, classes, curve } = this;
    return { estimator, parameters, columnCount, classes, layers: layersJson(this.layers), curve };
  }

  /** @throws LearnError MODEL_INVALID naming the field that is wrong. */
  static fromJSON(value: unknown): FittedMlpClassifier {
    const fields = record(value, 'the model');
    oneOf(fields.estimator, "'estimator'", ['MLPClassifier']);
    const columnCount = integer(fields.columnCount, "'columnCount'", { min: 1 });
    const classes = labels(fields.classes, "'classes'");
    const outputs = classes.length === 2 ? 1 : classes.length;
    return new FittedMlpClassifier({
      parameters: readParameters('MLPClassifier', mlpParameters, fields.parameters),
      classes,
      layers: readLayers(fields.layers, columnCount, outputs),
      curve: list(fields.curve, "'curve'", finite),
    });
  }
}
