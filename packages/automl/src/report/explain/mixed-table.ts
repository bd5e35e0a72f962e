// Tables whose columns take their values from different rows: one column in another order, or rows
// that are partly one and partly another.
import { Table } from '@ridgeline/tabular';

/** The rows of `table` with one column's values taken from the rows at `order`. */
export function withColumnFrom(table: Table, name: string, order: Int32Array): Table {
  const moved = table.select([name]).takeRows(order).column(name);
  return Table.fromColumns(
    table.columns().map((column) => (column.name === name ? moved : column)),
  );
}

/** Row i holds, in column j, what row `rowsOf[j][i]` of `table` holds. */
export function mixedRows(table: Table, rowsOf: readonly Int32Array[]): Table {
  const columns = table.columns().map(({ name }, j) => {
    return table.select([name]).takeRows(rowsOf[j]).column(name);
  });
  return Table.fromColumns(columns);
}
