// A KNeighborsRegressor after its fit: the rows of training and their targets.

import { checkColumnCount } from '../estimator/column-count.ts';
import type { FittedRegressor, ModelJson } from '../estimator/estimator.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { packFloat64, unpackFloat64 } from '../model-json/packed-array.ts';
import { record } from '../model-json/read-fields.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { readTrainingRows, trainingRowsJson } from './neighbor-json.ts';
import type { neighborParameters } from './neighbor-parameters.ts';
import { TrainingRows } from './training-rows.ts';

export class FittedKNeighborsRegressor implements FittedRegressor {
  readonly kind = 'regressor';
  readonly estimator = 'KNeighborsRegressor';
  readonly parameters: ParameterValues<typeof neighborParameters>;
  readonly columnCount: number;
  /** One a row of training. */
  readonly target: Float64Array;
  readonly #rows: TrainingRows;

  constructor(
    parameters: ParameterValues<typeof neighborParameters>,
    x: Matrix,
    target: Float64Array,
  ) {
    this.parameters = parameters;
    this.columnCount = x.columnCount;
    this.target = target;
    this.#rows = new TrainingRows(x);
  }

  /** The rows of training. */
  get x(): Matrix {
    return this.#rows.x;
  }

  /** A power of 2 by which rows are multiplied before distances are taken. */
  get factor(): number {
    return this.#rows.factor;
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE where a value is missing. */
  predict(x: Features): Float64Array {
    checkColumnCount(x, this.columnCount);
    const { nNeighbors, weights } = this.parameters;
    const predictions = new Float64Array(x.rowCount);
    this.#rows.search(asMatrix(x), nNeighbors, weights === 'distance', (query, rows, shares) => {
      let sum = 0;
      for (let n = 0; n < rows.length; n++) sum += shares[n] * this.target[rows[n]];
      predictions[query] = sum;
    });
    return predictions;
  }

  toJSON(): ModelJson {
    const { estimator, parameters, target } = this;
    return { estimator, parameters, ...trainingRowsJson(this.x), target: packFloat64(target) };
  }

  /** @throws LearnError MODEL_INVALID naming the field that is wrong. */
  static fromJSON(value: unknown): FittedKNeighborsRegressor {
    const fields = record(value, 'the model');
    const { parameters, x } = readTrainingRows('KNeighborsRegressor', fields);
    const target = unpackFloat64(fields.target, "'target'", { length: x.rowCount });
    return new FittedKNeighborsRegressor(parameters, x, target);
  }
}
