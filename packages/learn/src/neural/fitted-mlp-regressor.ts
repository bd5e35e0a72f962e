// An MLPRegressor after its fit: the layers, and the unit of the target.

import { LearnError } from '../errors.ts';
import { checkColumnCount } from '../estimator/column-count.ts';
import type { FittedRegressor, ModelJson } from '../estimator/estimator.ts';
import { readParameters } from '../estimator/read-parameters.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { finite, integer, list, oneOf, record } from '../model-json/read-fields.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { type DenseLayer, layersJson, readLayers, runLayers } from './dense-layers.ts';
import { mlpParameters } from './mlp-parameters.ts';

interface Fields {
  readonly parameters: ParameterValues<typeof mlpParameters>;
  readonly layers: readonly DenseLayer[];
  readonly outputScale: number;
  readonly outputShift: number;
  readonly curve: readonly number[];
}

export class FittedMlpRegressor implements FittedRegressor {
  readonly kind = 'regressor';
  readonly estimator = 'MLPRegressor';
  readonly parameters: ParameterValues<typeof mlpParameters>;
  /** `parameters.activation` stands between each two. */
  readonly layers: readonly DenseLayer[];
  /** The prediction is the last layer's output times this, */
  readonly outputScale: number;
  /** and plus this. */
  readonly outputShift: number;
  /** The loss that decided when to end, epoch by epoch. */
  readonly curve: readonly number[];

  /** @throws LearnError DATA_OUT_OF_RANGE where the target's unit is no finite number. */
  constructor(fields: Fields) {
    if (!Number.isFinite(fields.outputScale) || !Number.isFinite(fields.outputShift)) {
      throw new LearnError(
        'DATA_OUT_OF_RANGE',
        'the target is too large for double precision; divide it by a factor',
      );
    }
    this.parameters = fields.parameters;
    this.layers = fields.layers;
    this.outputScale = fields.outputScale;
    this.outputShift = fields.outputShift;
    this.curve = fields.curve;
  }

  get columnCount(): number {
    return this.layers[0].inputs;
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE where a value is missing. */
  predict(x: Features): Float64Array {
    checkColumnCount(x, this.columnCount);
    const outputs = runLayers(this.layers, this.parameters.activation, asMatrix(x));
    return outputs.map((value) => value * this.outputScale + this.outputShift);
  }

  toJSON(): ModelJson {
    const { estimator, parameters, columnCount, outputScale, outputShift, curve } = this;
    const layers = layersJson(this.layers);
    return { estimator, parameters, columnCount, layers, outputScale, outputShift, curve };
  }

  /** @throws LearnError MODEL_INVALID naming the field that is wrong. */
  static fromJSON(value: unknown): FittedMlpRegressor {
    const fields = record(value, 'the model');
    oneOf(fields.estimator, "'estimator'", ['MLPRegressor']);
    const columnCount = integer(fields.columnCount, "'columnCount'", { min: 1 });
    return new FittedMlpRegressor({
      parameters: readParameters('MLPRegressor', mlpParameters, fields.parameters),
      layers: readLayers(fields.layers, columnCount, 1),
      outputScale: finite(fields.outputScale, "'outputScale'"),
      outputShift: finite(fields.outputShift, "'outputShift'"),
      curve: list(fields.curve, "'curve'", finite),
    });
  }
}
