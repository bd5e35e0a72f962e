// The schema of a table: names, types, and whether a value may be missing. Plain JSON data.

import type { ColumnType } from './column.ts';
import type { Table } from './table.ts';

export interface ColumnSchema {
  readonly name: string;
  readonly type: ColumnType;
  /** True if a value may be missing. */
  readonly nullable: boolean;
}

export interface TableSchema {
  readonly columns: readonly ColumnSchema[];
}

/** The schema that the table itself shows: `nullable` where at least one value is missing. */
export function inferSchema(table: Table): TableSchema {
  const columns = table.columns().map(({ name, type, missing }) => {
    return { name, type, nullable: missing !== null };
  });
  return { columns };
}
