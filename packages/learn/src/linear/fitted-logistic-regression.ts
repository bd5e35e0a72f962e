// A logistic regression after its fit: coefficients and intercepts, nothing of the data.

import { LearnError } from '../errors.ts';
import { checkColumnCount } from '../estimator/column-count.ts';
import type { FittedClassifier, Label, ModelJson, Parameters } from '../estimator/estimator.ts';
import { mostProbable } from '../estimator/label-codes.ts';
import { readParameters } from '../estimator/read-parameters.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import { packFloat64, unpackFloat64 } from '../model-json/packed-array.ts';
import { integer, labels, oneOf, record } from '../model-json/read-fields.ts';
import { outputCount } from './logistic-objective.ts';
import { logisticRegressionParameters } from './logistic-parameters.ts';
import { scoresToProbabilities } from './scores-to-probabilities.ts';

interface Fields {
  readonly parameters: Parameters;
  readonly columnCount: number;
  readonly classes: readonly Label[];
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
}

export class FittedLogisticRegression implements FittedClassifier {
  readonly kind = 'classifier';
  readonly estimator = 'LogisticRegression';
  readonly parameters: Parameters;
  readonly columnCount: number;
  readonly classes: readonly Label[];
  /**
   * Row-major, one row an output and one column a feature. Two classes have one output, the score of
   * the second class; more have one each.
   */
  readonly coefficients: Float64Array;
  /** One an output. */
  readonly intercepts: Float64Array;

  /** @throws LearnError DATA_OUT_OF_RANGE when a coefficient or an intercept is not finite. */
  constructor(fields: Fields) {
    if (!fields.coefficients.every(Number.isFinite) || !fields.intercepts.every(Number.isFinite)) {
      throw new LearnError(
        'DATA_OUT_OF_RANGE',
        'LogisticRegression has no finite solution on these data: a value is too large or too small ' +
          'for double precision; bring the columns to a common scale',
      );
    }
    this.parameters = fields.parameters;
    this.columnCount = fields.columnCount;
    this.classes = fields.classes;
    this.coefficients = fields.coefficients;
    this.intercepts = fields.intercepts;
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE where a value is missing. */
  predictProbabilities(x: Features): Matrix {
    checkColumnCount(x, this.columnCount);
    const scores = this.#scores(asMatrix(x));
    const values = scoresToProbabilities(scores, this.intercepts.length);
    return new Matrix(x.rowCount, this.classes.length, values);
  }

  /** @throws LearnError SHAPE_MISMATCH, DATA_NOT_FINITE where a value is missing. */
  predict(x: Features): Label[] {
    return mostProbable(this.predictProbabilities(x), this.classes);
  }

  /** The probabilities of one row of finite numbers, unchecked: the bits of `predictProbabilities`. */
  predictRowInto(values: Float64Array, out: Float64Array): void {
    const { coefficients, intercepts, columnCount } = this;
    const scores = intercepts.map((intercept, k) => {
      let sum = 0;
      for (let j = 0; j < columnCount; j++) sum += values[j] * coefficients[k * columnCount + j];
      return sum + intercept;
    });
    out.set(scoresToProbabilities(scores, intercepts.length));
  }

  toJSON(): ModelJson {
    return {
      estimator: this.estimator,
      parameters: this.parameters,
      columnCount: this.columnCount,
      classes: this.classes,
      coefficients: packFloat64(this.coefficients),
      intercepts: packFloat64(this.intercepts),
    };
  }

  /** @throws LearnError MODEL_INVALID naming the field that is wrong. */
  static fromJSON(value: unknown): FittedLogisticRegression {
    const fields = record(value, 'the model');
    oneOf(fields.estimator, "'estimator'", ['LogisticRegression']);
    const specs = logisticRegressionParameters;
    const columnCount = integer(fields.columnCount, "'columnCount'", { min: 1 });
    const classes = labels(fields.classes, "'classes'");
    const outputs = outputCount({ classCount: classes.length });
    return new FittedLogisticRegression({
      parameters: readParameters('LogisticRegression', specs, fields.parameters),
      columnCount,
      classes,
      coefficients: unpackFloat64(fields.coefficients, "'coefficients'", {
        length: outputs * columnCount,
      }),
      intercepts: unpackFloat64(fields.intercepts, "'intercepts'", { length: outputs }),
    });
  }

  #scores({ values, rowCount, columnCount }: Matrix): Float64Array {
    const { coefficients, intercepts } = this;
    const outputs = intercepts.length;
    const scores = new Float64Array(rowCount * outputs);
    for (let i = 0; i < rowCount; i++) {
      for (let k = 0; k < outputs; k++) {
        let sum = 0;
        for (let j = 0; j < columnCount; j++) {
          sum += values[i * columnCount + j] * coefficients[k * columnCount + j];
        }
        scores[i * outputs + k] = sum + intercepts[k];
      }
    }
    return scores;
  }
}
