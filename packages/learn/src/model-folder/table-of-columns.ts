// Columns as the little of a table that an encoder needs; the columns are right by construction.

import type { Column } from '@ridgeline/tabular';
import type { EncodableTable } from '../encode/fitted-table-encoder.ts';

export function tableOf(columns: readonly Column[], rowCount: number): EncodableTable {
  return {
    rowCount,
    columns: () => columns,
    column: (name) => {
      const found = columns.find((column) => column.name === name);
      if (found === undefined) throw new Error(`the table has no column '${name}'`);
      return found;
    },
  };
}
