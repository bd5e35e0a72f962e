// A DummyClassifier after its fit: the one row of probabilities that it gives.

import { checkColumnCount } from '../estimator/column-count.ts';
import type { FittedClassifier, Label, ModelJson, Parameters } from '../estimator/estimator.ts';
import { mostProbable } from '../estimator/label-codes.ts';
import { readParameters } from '../estimator/read-parameters.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import {
  finite,
  integer,
  invalidField,
  labels,
  list,
  oneOf,
  record,
} from '../model-json/read-fields.ts';
import { dummyClassifierParameters } from './naive-parameters.ts';

interface Fields {
  readonly parameters: Parameters;
  readonly columnCount: number;
  readonly classes: readonly Label[];
  readonly probabilities: Float64Array;
}

export class FittedDummyClassifier implements FittedClassifier {
  readonly kind = 'classifier';
  readonly estimator = 'DummyClassifier';
  readonly parameters: Parameters;
  readonly columnCount: number;
  readonly classes: readonly Label[];
  /** One a class, in the order of `classes`; they sum to 1. */
  readonly probabilities: Float64Array;

  constructor({ parameters, columnCount, classes, probabilities }: Fields) {
    this.parameters = parameters;
    this.columnCount = columnCount;
    this.classes = classes;
    this.probabilities = probabilities;
  }

  /** @throws LearnError SHAPE_MISMATCH. */
  predictProbabilities(x: Features): Matrix {
    checkColumnCount(x, this.columnCount);
    const { length } = this.probabilities;
    const values = new Float64Array(x.rowCount * length);
    for (let at = 0; at < values.length; at += length) values.set(this.probabilities, at);
    return new Matrix(x.rowCount, length, values);
  }

  /** @throws LearnError SHAPE_MISMATCH. */
  predict(x: Features): Label[] {
    return mostProbable(this.predictProbabilities(x), this.classes);
  }

  toJSON(): ModelJson {
    const { estimator, parameters, columnCount, classes } = this;
    return { estimator, parameters, columnCount, classes, probabilities: [...this.probabilities] };
  }

  /** @throws LearnError MODEL_INVALID naming the field that is wrong. */
  static fromJSON(value: unknown): FittedDummyClassifier {
    const fields = record(value, 'the model');
    oneOf(fields.estimator, "'estimator'", ['DummyClassifier']);
    const classes = labels(fields.classes, "'classes'");
    return new FittedDummyClassifier({
      parameters: readParameters('DummyClassifier', dummyClassifierParameters, fields.parameters),
      columnCount: integer(fields.columnCount, "'columnCount'", { min: 1 }),
      classes,
      probabilities: readProbabilities(fields.probabilities, classes.length),
    });
  }
}

function readProbabilities(value: unknown, length: number): Float64Array {
  const probabilities = list(value, "'probabilities'", finite, { length });
  const sum = probabilities.reduce((total, share) => total + share, 0);
  if (probabilities.every((share) => share >= 0) && Math.abs(sum - 1) < 1e-6) {
    return Float64Array.from(probabilities);
  }
  throw invalidField("'probabilities' are not shares that sum to 1");
}
