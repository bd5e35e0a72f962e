// An insert of many rows, in the words that each database takes most quickly. Kysely takes longer to
// compile one than SQLite to run it, so it is compiled once for each number of rows; Postgres takes
// longer to read thousands of parameters than to insert, so there a column is one parameter.
import {
  type Compilable,
  CompiledQuery,
  type InsertQueryBuilder,
  type InsertResult,
  PostgresAdapter,
  type RawBuilder,
  sql,
  type Transaction,
} from 'kysely';

export type ColumnWord = 'text' | 'bigint' | 'double precision' | 'boolean';

export type InsertRows<Tables, Row> = (
  writer: Transaction<Tables>,
  rows: readonly Row[],
) => Promise<void>;

// Batches of clients have few sizes, and those of many calls together no more than there are clients.
const maxSizes = 100;

/**
 * @param columns of each row, with their types.
 * @param finish says what is to be done where a row is there already.
 */
export function rowInsert<Tables, Table extends keyof Tables & string, Row extends object>(
  table: Table,
  columns: Readonly<Record<keyof Row & string, ColumnWord>>,
  finish: (insert: InsertQueryBuilder<Tables, Table, InsertResult>) => Compilable,
): InsertRows<Tables, Row> {
  const names = Object.keys(columns) as (keyof Row & string)[];
  // By what tells one database from another, as each has words of its own.
  const texts = new WeakMap<object, Map<number, string>>();

  return async (writer, rows) => {
    if (rows.length === 0) return;
    const { adapter } = writer.getExecutor();
    const isPostgres = adapter instanceof PostgresAdapter;
    const known = texts.getOrInsertComputed(adapter, () => new Map());
    const size = isPostgres ? 0 : rows.length;
    const text = known.get(size) ?? textOf(writer, isPostgres ? arrays() : tuples(size));
    if (known.size >= maxSizes) known.clear();
    known.set(size, text);
    const parameters = isPostgres
      ? names.map((name) => rows.map((row) => row[name]))
      : rows.flatMap((row) => names.map((name) => row[name]));
    await writer.executeQuery(CompiledQuery.raw(text, parameters));
  };

  function textOf(writer: Transaction<Tables>, source: RawBuilder<unknown>): string {
    const insert = writer
      .insertInto(table)
      .columns(names as never)
      .expression(source);
    // That the columns are the table's own, the caller says by the type of its rows.
    return finish(insert as unknown as Parameters<typeof finish>[0]).compile().sql;
  }

  function tuples(size: number): RawBuilder<unknown> {
    const tuple = sql`(${sql.join(names.map(() => sql`${null}`))})`;
    return sql`values ${sql.join(Array.from({ length: size }, () => tuple))}`;
  }

  function arrays(): RawBuilder<unknown> {
    const each = names.map((name) => sql`${null}::${sql.raw(columns[name])}[]`);
    return sql`select * from unnest(${sql.join(each)})`;
  }
}
