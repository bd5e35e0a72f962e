// Runs our two shapes of query: one row of aggregates, and a stream of chunks. Knows no format.

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
