// A linear model after its fit: coefficients and intercept, nothing of the data. It cannot be made
// without them, so that predicting before fitting cannot be written.

import { LearnError } from '../errors.ts';
import { checkColumnCount } from '../estimator/column-count.ts';
import type { FittedRegressor } from '../estimator/estimator.ts';
import { asMatrix, type Features } from '../matrix/feature-matrix.ts';
import { type LinearModelJson, parseLinearModel } from './linear-model-json.ts';
import type { LinearEstimatorName, LinearParameterValues } from './linear-parameters.ts';

export class FittedLinearModel implements FittedRegressor {
  readonly kind = 'regressor';
  /** The estimator that made it. */
  readonly estimator: LinearEstimatorName;
  /** The estimator's parameters, defaults filled in. */
  readonly parameters: LinearParameterValues;
  /** One coefficient a column, finite. */
  readonly coefficients: Float64Array;
  /** The prediction where every feature is 0; 0 when fitted without intercept. */
  readonly intercept: number;

  /** @throws LearnError DATA_OUT_OF_RANGE when a coefficient or the intercept is not finite. */
  constructor(fields: {
    readonly estimator: LinearEstimatorName;
    readonly parameters: LinearParameterValues;
    readonly coefficients: Float64Array;
    readonly intercept: number;
  }) {
    if (!Number.isFinite(fields.intercept) || !fields.coefficients.every(Number.isFinite)) {
      throw new LearnError(
        'DATA_OUT_OF_RANGE',
        `${fields.estimator} has no finite solution on these data: a value is too large or too small ` +
          'for double precision; bring the columns and the target to a common scale',
      );
    }
    this.estimator = fields.estimator;
    this.parameters = fields.parameters;
    this.coefficients = fields.coefficients;
    this.intercept = fields.intercept;
  }

  /** Number of features that the model was fitted on. */
  get columnCount(): number {
    return this.coefficients.length;
  }

  /**
   * One prediction a row of `x`.
   * @throws LearnError SHAPE_MISMATCH when `x` has another number of columns than the model,
   * DATA_NOT_FINITE where a value is missing.
   */
  predict(x: Features): Float64Array {
    const { coefficients, intercept, columnCount } = this;
    checkColumnCount(x, columnCount);
    const { values, rowCount } = asMatrix(x);
    const predictions = new Float64Array(rowCount);
    for (let i = 0, at = 0; i < predictions.length; i++) {
      let sum = 0;
      for (let j = 0; j < columnCount; j++, at++) {
        sum += values[at] * coefficients[j];
      }
      predictions[i] = sum + intercept;
    }
    return predictions;
  }

  /** The prediction of one row of finite numbers, unchecked, to `out[0]`: the bits of `predict`. */
  predictRowInto(values: Float64Array, out: Float64Array): void {
    const { coefficients } = this;
    let sum = 0;
    for (let j = 0; j < coefficients.length; j++) sum += values[j] * coefficients[j];
    out[0] = sum + this.intercept;
  }

  /** The native format: data only, and exact, because JSON carries doubles in full. */
  toJSON(): LinearModelJson {
    const { estimator, parameters, intercept } = this;
    return { estimator, parameters, coefficients: [...this.coefficients], intercept };
  }

  /**
   * Reads what `toJSON` wrote, taking nothing on trust.
   * @throws LearnError MODEL_ESTIMATOR_UNKNOWN, MODEL_INVALID naming the field that is wrong.
   */
  static fromJSON(value: unknown): FittedLinearModel {
    const json = parseLinearModel(value);
    return new FittedLinearModel({ ...json, coefficients: Float64Array.from(json.coefficients) });
  }
}
