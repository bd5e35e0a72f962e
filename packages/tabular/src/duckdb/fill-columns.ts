// Copies the columns of a source into typed arrays, chunk by chunk. Knows no format.

import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import { type Column, codedColumn, numberColumn } from '../table/column.ts';
import { readChunks } from './query.ts';
import type { SourceColumn, TableSource } from './table-source.ts';

interface ColumnFiller {
  fill(vector: DuckDBVector, firstRow: number): void;
  finish(): Column;
}

/**
 * All columns of the source.
 * @returns null if the file gave another number of rows than it was announced to have.
 */
export async function fillColumns(
  connection: DuckDBConnection,
  source: TableSource,
): Promise<Column[] | null> {
  const fillers = source.columns.map((column) => createFiller(column, source.rowCount));
  const expressions = source.columns.map(({ type, sql }) =>
    // NaN instead of NULL: the mask then follows from the values, without a look at each bit.
    type === 'string' ? sql : `coalesce(${sql}, 'NaN'::DOUBLE)`,
  );
  let rowCount = 0;
  for await (const chunk of readChunks(connection, source, expressions)) {
    if (rowCount + chunk.rowCount > source.rowCount) return null;
    for (const [index, filler] of fillers.entries()) {
      filler.fill(chunk.getColumnVector(index), rowCount);
    }
    rowCount += chunk.rowCount;
  }
  return rowCount === source.rowCount ? fillers.map((filler) => filler.finish()) : null;
}

function createFiller(column: SourceColumn, rowCount: number): ColumnFiller {
  const { name, type } = column;
  return type === 'string' ? stringFiller(name, rowCount) : numberFiller(name, type, rowCount);
}

function numberFiller(
  name: string,
  type: Exclude<SourceColumn['type'], 'string'>,
  rowCount: number,
): ColumnFiller {
  const values = new Float64Array(rowCount);
  return {
    fill: (vector, firstRow) => values.set(doublesOf(vector), firstRow),
    finish: () => numberColumn(name, type, values),
  };
}

function stringFiller(name: string, rowCount: number): ColumnFiller {
  const codes = new Int32Array(rowCount);
  const codeOf = new Map<string, number>();
  return {
    fill(vector, firstRow) {
      for (let row = 0; row < vector.itemCount; row++) {
        const value = vector.getItem(row);
        if (typeof value !== 'string') {
          codes[firstRow + row] = -1;
          continue;
        }
        const code = codeOf.get(value) ?? codeOf.size;
        if (code === codeOf.size) codeOf.set(value, code);
        codes[firstRow + row] = code;
      }
    },
    finish: () => codedColumn(name, codes, [...codeOf.keys()]),
  };
}

/** The vector's own typed array where it shows one, which saves a call a value. */
function doublesOf(vector: DuckDBVector): ArrayLike<number> {
  if ('items' in vector && vector.items instanceof Float64Array) return vector.items;
  return vector.toArray().map(Number);
}
