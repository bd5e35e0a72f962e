// A statement about many rows, compiled once for each number of rows: Kysely takes longer to compile
// one than the database to run it.
import { type Compilable, CompiledQuery, type Transaction } from 'kysely';

// Batches of clients have few sizes, and those of many calls together no more than there are clients.
const maxSizes = 100;

export type RunOnRows<Tables, Row> = (
  writer: Transaction<Tables>,
  rows: readonly Row[],
) => Promise<void>;

/**
 * @param columns of each row, all of which are parameters of the statement.
 * @param build makes the statement; of each row it gets these columns, in this order.
 */
export function rowStatement<Tables, Row extends object>(
  columns: readonly (keyof Row)[],
  build: (writer: Transaction<Tables>, rows: readonly Row[]) => Compilable,
): RunOnRows<Tables, Row> {
  // By what tells one database from another, as each has words of its own.
  const texts = new WeakMap<object, Map<number, string>>();

  return async (writer, rows) => {
    if (rows.length === 0) return;
    const known = texts.getOrInsertComputed(writer.getExecutor().adapter, () => new Map());
    const text = known.get(rows.length) ?? build(writer, rows.map(inOrder)).compile().sql;
    if (known.size >= maxSizes) known.clear();
    known.set(rows.length, text);
    const parameters = rows.flatMap((row) => columns.map((column) => row[column]));
    await writer.executeQuery(CompiledQuery.raw(text, parameters));
  };

  function inOrder(row: Row): Row {
    return Object.fromEntries(columns.map((column) => [column, row[column]])) as Row;
  }
}
