// The part of the native format that both models of nearest neighbours have: parameters and rows.

import { readParameters } from '../estimator/read-parameters.ts';
import { Matrix } from '../matrix/matrix.ts';
import { packFloat64, unpackFloat64 } from '../model-json/packed-array.ts';
import { integer, oneOf } from '../model-json/read-fields.ts';
import { neighborParameters } from './neighbor-parameters.ts';

export function trainingRowsJson(x: Matrix) {
  const { rowCount, columnCount, values } = x;
  return { rowCount, columnCount, rows: packFloat64(values) };
}

/** @throws LearnError MODEL_INVALID naming the field that is wrong. */
export function readTrainingRows(estimator: string, fields: Readonly<Record<string, unknown>>) {
  oneOf(fields.estimator, "'estimator'", [estimator]);
  const rowCount = integer(fields.rowCount, "'rowCount'", { min: 1 });
  const columnCount = integer(fields.columnCount, "'columnCount'", { min: 1 });
  const values = unpackFloat64(fields.rows, "'rows'", { length: rowCount * columnCount });
  return {
    parameters: readParameters(estimator, neighborParameters, fields.parameters),
    x: new Matrix(rowCount, columnCount, values),
  };
}
