// Runs our three shapes of query: one row of aggregates, the kinds of many values, and a stream of
// chunks. Knows no format.

import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import type { TableSource } from './table-source.ts';

type Relation = Pick<TableSource, 'relation' | 'parameters'>;

/** The values of one row of aggregates; 0 for NULL. */
export async function readNumbers(
  connection: DuckDBConnection,
  relation: Relation,
  expressions: readonly string[],
): Promise<number[]> {
  if (expressions.length === 0) return [];
  const sql = `SELECT ${expressions.join(', ')} FROM ${relation.relation}`;
  const result = await connection.run(sql, [...relation.parameters]);
  const [row] = await result.getRows();
  return (row ?? []).map((value) => Number(value ?? 0));
}

export interface KindsQuery extends Relation {
  /** How many values a row has. */
  readonly count: number;
  /** SQL of lists of the row's values, and of what else is to be known of each, by name. */
  readonly lists: Readonly<Record<string, string>>;
  /** SQL of a value's kind, a bit or NULL, from those names. */
  readonly kind: string;
}

/**
 * Of each value by its place, the kinds that it has in any row, added up as bits. The rows are
 * turned into one column, as the time for an aggregate a column grows with the square of their number.
 */
export async function readKinds(
  connection: DuckDBConnection,
  { relation, parameters, count, lists, kind }: KindsQuery,
): Promise<Int32Array> {
  const values = Object.entries(lists).map(([name, list]) => `unnest(${list}) AS ${name}`);
  const sql = `SELECT place, bit_or(${kind})
    FROM (SELECT unnest(range(${count})) AS place, ${values.join(', ')} FROM ${relation})
    GROUP BY place`;
  const result = await connection.run(sql, [...parameters]);
  const kinds = new Int32Array(count);
  for (const [place, bits] of await result.getRows()) kinds[Number(place)] = Number(bits ?? 0);
  return kinds;
}

/** The chunks of a query in the order of the rows, each of up to 2048 of them. */
export async function* readChunks(
  connection: DuckDBConnection,
  relation: Relation,
  expressions: readonly string[],
): AsyncGenerator<DuckDBDataChunk> {
  const sql = `SELECT ${expressions.join(', ')} FROM ${relation.relation}`;
  const result = await connection.stream(sql, [...relation.parameters]);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk;
  }
}
