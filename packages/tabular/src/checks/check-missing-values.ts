// The check for missing values: empty cells, nulls, NaN.

import { missingCount } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import type { DataFinding } from './data-finding.ts';

export interface MissingValuesOptions {
  /** The columns to look at; default all. */
  readonly columns?: readonly string[];
}

/** A finding for each column that misses a value. @throws COLUMN_NOT_FOUND. */
export function checkMissingValues(
  table: Table,
  { columns = table.columnNames }: MissingValuesOptions = {},
): DataFinding[] {
  return columns.flatMap((name) => {
    const column = table.column(name);
    const count = missingCount(column);
    if (count === 0) return [];
    const firstRow = (column.missing?.indexOf(1) ?? 0) + 1;
    const actual = `${count} of ${table.rowCount} missing`;
    const message = `column '${name}': ${actual}, the first in row ${firstRow}; expected none`;
    return [{ check: 'missing', column: name, message, expected: 'no missing values', actual }];
  });
}
