// An insert of many rows: see row-statement.ts.
import type { Compilable, InsertQueryBuilder, InsertResult, Transaction } from 'kysely';
import { type RowColumns, rowStatement } from './row-statement.ts';

export type InsertRows<Tables, Row> = (
  writer: Transaction<Tables>,
  rows: readonly Row[],
) => Promise<unknown>;

/**
 * @param columns of each row, with their types.
 * @param finish says what is to be done where a row is there already.
 */
export function rowInsert<Tables, Table extends keyof Tables & string, Row extends object>(
  table: Table,
  columns: RowColumns<Row>,
  finish: (insert: InsertQueryBuilder<Tables, Table, InsertResult>) => Compilable,
): InsertRows<Tables, Row> {
  return rowStatement(columns, (writer: Transaction<Tables>, source) => {
    const insert = writer
      .insertInto(table)
      .columns(Object.keys(columns) as never)
      .expression(source);
    // That the columns are the table's own, the caller says by the type of its rows.
    return finish(insert as unknown as Parameters<typeof finish>[0]).compile();
  });
}
