// Makes a Matrix from chosen columns of a Table. Whether a column is there, numeric and without
// missing values is the table's to say; this file adds only that its numbers are finite.

import type { Table } from '@ridgeline/tabular';
import { LearnError } from '../errors.ts';
import { Matrix } from './matrix.ts';

/**
 * The columns `columnNames` of the table, in that order.
 * @throws LearnError DATA_EMPTY without rows or names, DATA_NOT_FINITE naming column and row; and what
 * `table.numbers` throws for a column that is unknown, not numeric, or has missing values.
 */
export function matrixFromTable(
  table: Pick<Table, 'rowCount' | 'numbers'>,
  columnNames: readonly string[],
): Matrix {
  const { rowCount } = table;
  const values = new Float64Array(rowCount * columnNames.length);
  columnNames.forEach((name, j) => {
    const column = table.numbers(name);
    for (let i = 0; i < rowCount; i++) {
      values[i * columnNames.length + j] = finite(column[i], name, i);
    }
  });
  return new Matrix(rowCount, columnNames.length, values);
}

function finite(value: number | undefined, column: string, row: number): number {
  if (value === undefined || !Number.isFinite(value)) {
    throw new LearnError(
      'DATA_NOT_FINITE',
      `column '${column}', row ${row} (from 0) is ${value}, and a matrix takes finite numbers only; ` +
        'remove the row or fill the value in',
    );
  }
  return value;
}
