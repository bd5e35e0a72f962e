// A statement about many rows, in the words that each database takes most quickly. Kysely takes longer to
// compile one than SQLite to run it, so it is compiled once for each number of rows; Postgres takes
// longer to read thousands of parameters than to do the work, so there a column is one parameter.
import {
  CompiledQuery,
  PostgresAdapter,
  type QueryExecutorProvider,
  type RawBuilder,
  sql,
} from 'kysely';
import { type ColumnWord, postgresArray } from './postgres-array.ts';

/** Of each field of a row, the type of its column. */
export type RowColumns<Row> = Readonly<Record<keyof Row & string, ColumnWord>>;

// Batches of clients have few sizes, and those of many calls together no more than there are clients.
const maxSizes = 100;

/**
 * @param compile makes the statement of what gives the rows: a query whose columns are in the order of
 *   `columns`. It may have no other parameters.
 */
export function rowStatement<On extends QueryExecutorProvider, Row extends object, Result>(
  columns: RowColumns<Row>,
  compile: (on: On, source: RawBuilder<unknown>) => CompiledQuery,
): (on: On, rows: readonly Row[]) => Promise<readonly Result[]> {
  const names = Object.keys(columns) as (keyof Row & string)[];
  // By what tells one database from another, as each has words of its own.
  const texts = new WeakMap<object, Map<number, string>>();

  return async (on, rows) => {
    if (rows.length === 0) return [];
    const executor = on.getExecutor();
    const isPostgres = executor.adapter instanceof PostgresAdapter;
    const known = texts.getOrInsertComputed(executor.adapter, () => new Map());
    const size = isPostgres ? 0 : rows.length;
    const text = known.get(size) ?? compile(on, isPostgres ? arrays() : tuples(size)).sql;
    if (known.size >= maxSizes) known.clear();
    known.set(size, text);
    const parameters = isPostgres
      ? names.map((name) => postgresArray(columns[name], rows, name))
      : rows.flatMap((row) => names.map((name) => row[name]));
    const query = CompiledQuery.raw(text, parameters) as CompiledQuery<Result>;
    return (await executor.executeQuery(query)).rows;
  };

  function tuples(size: number): RawBuilder<unknown> {
    const tuple = sql`(${sql.join(names.map(() => sql`${null}`))})`;
    return sql`values ${sql.join(Array.from({ length: size }, () => tuple))}`;
  }

  function arrays(): RawBuilder<unknown> {
    const each = names.map((name) => sql`${null}::${sql.raw(columns[name])}[]`);
    return sql`select * from unnest(${sql.join(each)})`;
  }
}
