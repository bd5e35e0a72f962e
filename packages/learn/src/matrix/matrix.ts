// The features of a learner: a dense matrix of finite numbers. Where the numbers come from is for
// the functions beside this file; a Matrix that exists is valid, so that no learner checks it again.

import { LearnError } from '../errors.ts';

/** A dense, non-empty matrix of finite doubles, row-major. */
export class Matrix {
  /** Number of rows, at least 1. */
  readonly rowCount: number;
  /** Number of columns, at least 1. */
  readonly columnCount: number;
  /** `rowCount * columnCount` values; row `i`, column `j` is at `i * columnCount + j`. Not copied. */
  readonly values: Float64Array;

  /**
   * @throws LearnError DATA_EMPTY without rows or columns, SHAPE_MISMATCH when `values` has another
   * length, DATA_NOT_FINITE at the first NaN or infinity.
   */
  constructor(rowCount: number, columnCount: number, values: Float64Array) {
    checkShape(rowCount, columnCount, values.length);
    checkFinite(values, columnCount);
    this.rowCount = rowCount;
    this.columnCount = columnCount;
    this.values = values;
  }

  /**
   * Column `index` (from 0) as a new vector of `rowCount` values.
   * @throws LearnError SHAPE_MISMATCH when there is no such column.
   */
  column(index: number): Float64Array {
    const { values, columnCount } = this;
    checkIndex('column', index, columnCount);
    const column = new Float64Array(this.rowCount);
    for (let i = 0; i < column.length; i++) column[i] = values[i * columnCount + index];
    return column;
  }

  /**
   * The rows at `indices` (from 0), in that order, as a new matrix.
   * @throws LearnError SHAPE_MISMATCH for an index without a row, DATA_EMPTY without indices.
   */
  takeRows(indices: ArrayLike<number>): Matrix {
    const { values, columnCount } = this;
    const taken = new Float64Array(indices.length * columnCount);
    for (let i = 0; i < indices.length; i++) {
      const row = indices[i];
      checkIndex('row', row, this.rowCount);
      taken.set(values.subarray(row * columnCount, (row + 1) * columnCount), i * columnCount);
    }
    return new Matrix(indices.length, columnCount, taken);
  }
}

function checkIndex(what: string, index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `the matrix has no ${what} ${index}: expected a whole number from 0 to ${count - 1}`,
    );
  }
}

function checkShape(rowCount: number, columnCount: number, length: number): void {
  for (const [what, count] of [
    ['row', rowCount],
    ['column', columnCount],
  ] as const) {
    if (!Number.isInteger(count) || count < 1) {
      throw new LearnError(
        'DATA_EMPTY',
        `a matrix needs at least one ${what}, and was given ${count}; check the data that it is made from`,
      );
    }
  }
  if (length !== rowCount * columnCount) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `a matrix of ${rowCount} rows and ${columnCount} columns needs ${rowCount * columnCount} values, ` +
        `and was given ${length}`,
    );
  }
}

function checkFinite(values: Float64Array, columnCount: number): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new LearnError(
        'DATA_NOT_FINITE',
        `row ${Math.floor(i / columnCount)}, column ${i % columnCount} (both from 0) is ${values[i]}, ` +
          'and a matrix takes finite numbers only; remove the row or fill the value in',
      );
    }
  }
}
