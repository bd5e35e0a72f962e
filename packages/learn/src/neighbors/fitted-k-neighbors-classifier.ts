// A KNeighborsClassifier after its fit: the rows of training and their classes.

import { checkColumnCount } from '../estimator/column-count.ts';
import type { FittedClassifier, Label, ModelJson } from '../estimator/estimator.ts';
import { mostProbable } from '../estimator/label-codes.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import { packInt32, unpackInt32 } from '../model-json/packed-array.ts';
import { invalidField, labels, record } from '../model-json/read-fields.ts';
import type { ParameterValues } from '../parameter/parameter-spec.ts';
import { readTrainingRows, trainingRowsJson } from './neighbor-json.ts';
import type { neighborParameters } from './neighbor-parameters.ts';
import { TrainingRows } from './training-rows.ts';

export class FittedKNeighborsClassifier implements FittedClassifier {
  readonly kind = 'classifier';
  readonly estimator = 'KNeighborsClassifier';
  readonly parameters: ParameterValues<typeof neighborParameters>;
  readonly columnCount: number;
  readonly classes: readonly Label[];
  /** The class of each row of training, as an index into `classes`. */
  readonly codes: Int32Array;
  readonly #rows: TrainingRows;

  constructor(
    parameters: ParameterValues<typeof neighborParameters>,
    x: Matrix,
    classes: readonly Label[],
    codes: Int32Array,
  ) {
    this.parameters = parameters;
    this.columnCount = x.columnCount;
    this.classes = classes;
    this.codes = codes;
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
  predictProbabilities(x: Features): Matrix {
    checkColumnCount(x, this.columnCount);
    const { nNeighbors, weights } = this.parameters;
    const { codes } = this;
    const classCount = this.classes.length;
    const values = new Float64Array(x.rowCount * classCount);
    this.#rows.search(asMatrix(x), nNeighbors, weights === 'distance', (query, rows, shares) => {
      for (let n = 0; n < rows.length; n++)
        values[query * classCount + codes[rows[n]]] += shares[n];
    });
    return new Matrix(x.rowCount, classCount, values);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE where a value is missing. */
  predict(x: Features): Label[] {
    return mostProbable(this.predictProbabilities(x), this.classes);
  }

  toJSON(): ModelJson {
    const { estimator, parameters, classes } = this;
    return {
      estimator,
      parameters,
      ...trainingRowsJson(this.x),
      classes,
      codes: packInt32(this.codes),
    };
  }

  /** @throws LearnError MODEL_INVALID naming the field that is wrong. */
  static fromJSON(value: unknown): FittedKNeighborsClassifier {
    const fields = record(value, 'the model');
    const { parameters, x } = readTrainingRows('KNeighborsClassifier', fields);
    const classes = labels(fields.classes, "'classes'");
    const codes = unpackInt32(fields.codes, "'codes'", { length: x.rowCount });
    if (codes.some((code) => code < 0 || code >= classes.length)) {
      throw invalidField("'codes' has a code without a class");
    }
    return new FittedKNeighborsClassifier(parameters, x, classes, codes);
  }
}
