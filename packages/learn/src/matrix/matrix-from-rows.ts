// Makes a Matrix from rows of plain numbers, such as a scoring request carries.

import { LearnError } from '../errors.ts';
import { Matrix } from './matrix.ts';

/**
 * @param rows at least one row; all rows have the same, non-zero length.
 * @throws LearnError DATA_EMPTY, DATA_RAGGED when a row's length differs from the first row's,
 * DATA_NOT_FINITE at a NaN, an infinity or what is not a number.
 */
export function matrixFromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const columnCount = rows[0]?.length ?? 0;
  if (rows.length === 0 || columnCount === 0) {
    throw new LearnError(
      'DATA_EMPTY',
      `${rows.length === 0 ? 'there are no rows' : 'the first row has no values'}: ` +
        'expected at least one row of at least one number',
    );
  }
  const values = new Float64Array(rows.length * columnCount);
  rows.forEach((row, i) => {
    checkLength(row, i, columnCount);
    for (let j = 0; j < columnCount; j++) values[i * columnCount + j] = numberAt(row, i, j);
  });
  return new Matrix(rows.length, columnCount, values);
}

function checkLength(row: ArrayLike<number>, index: number, columnCount: number): void {
  if (row.length !== columnCount) {
    throw new LearnError(
      'DATA_RAGGED',
      `row ${index} (from 0) has ${row.length} values, and row 0 has ${columnCount}; ` +
        'every row needs the same number of values',
    );
  }
}

/** Rows often come from JSON, where a text or a null would otherwise be turned into a number. */
function numberAt(row: ArrayLike<number>, i: number, j: number): number {
  const value: unknown = row[j];
  if (typeof value !== 'number') {
    throw new LearnError(
      'DATA_NOT_FINITE',
      `row ${i}, column ${j} (both from 0) is ${value === null ? 'null' : typeof value}, ` +
        'and a matrix takes finite numbers only',
    );
  }
  return value;
}
