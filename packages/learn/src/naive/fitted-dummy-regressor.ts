// A DummyRegressor after its fit: the one number that it predicts.

import { LearnError } from '../errors.ts';
import { checkColumnCount } from '../estimator/column-count.ts';
import type { FittedRegressor, ModelJson, Parameters } from '../estimator/estimator.ts';
import { readParameters } from '../estimator/read-parameters.ts';
import type { Features } from '../matrix/feature-matrix.ts';
import { finite, integer, oneOf, record } from '../model-json/read-fields.ts';
import { dummyRegressorParameters } from './naive-parameters.ts';

interface Fields {
  readonly parameters: Parameters;
  readonly columnCount: number;
  readonly constant: number;
}

export class FittedDummyRegressor implements FittedRegressor {
  readonly kind = 'regressor';
  readonly estimator = 'DummyRegressor';
  readonly parameters: Parameters;
  readonly columnCount: number;
  /** What every row is predicted as. */
  readonly constant: number;

  /** @throws LearnError DATA_OUT_OF_RANGE when the statistic of the target overflowed. */
  constructor({ parameters, columnCount, constant }: Fields) {
    if (!Number.isFinite(constant)) {
      throw new LearnError(
        'DATA_OUT_OF_RANGE',
        'the statistic of the target is too large for double precision; divide the target by a factor',
      );
    }
    this.parameters = parameters;
    this.columnCount = columnCount;
    this.constant = constant;
  }

  /** @throws LearnError SHAPE_MISMATCH. */
  predict(x: Features): Float64Array {
    checkColumnCount(x, this.columnCount);
    return new Float64Array(x.rowCount).fill(this.constant);
  }

  toJSON(): ModelJson {
    const { estimator, parameters, columnCount, constant } = this;
    return { estimator, parameters, columnCount, constant };
  }

  /** @throws LearnError MODEL_INVALID naming the field that is wrong. */
  static fromJSON(value: unknown): FittedDummyRegressor {
    const fields = record(value, 'the model');
    oneOf(fields.estimator, "'estimator'", ['DummyRegressor']);
    return new FittedDummyRegressor({
      parameters: readParameters('DummyRegressor', dummyRegressorParameters, fields.parameters),
      columnCount: integer(fields.columnCount, "'columnCount'", { min: 1 }),
      constant: finite(fields.constant, "'constant'"),
    });
  }
}
