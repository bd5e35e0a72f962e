// Parquet through DuckDB: the file itself says its types; here they become ours.

import { open } from 'node:fs/promises';
import type { DuckDBConnection, DuckDBTypeId } from '@duckdb/node-api';
import { TabularError } from '../errors.ts';
import { checkLimit, type DataFile, fileError } from '../files/data-file.ts';
import { checkColumnNames } from '../table/check-column-names.ts';
import type { ColumnType } from '../table/column.ts';
import { literalPattern } from './database.ts';
import type { FileRequest } from './json-lines-source.ts';
import { readNumbers } from './query.ts';
import { type TableSource, wantedColumns } from './table-source.ts';

type TypeName = keyof typeof DuckDBTypeId;

/** DuckDB types with a column type of their own; all others are read as their text. */
const typeByName: ReadonlyMap<TypeName, ColumnType> = new Map<TypeName, ColumnType>([
  ['BOOLEAN', 'boolean'],
  ['TINYINT', 'long'],
  ['SMALLINT', 'long'],
  ['INTEGER', 'long'],
  ['UTINYINT', 'long'],
  ['USMALLINT', 'long'],
  ['UINTEGER', 'long'],
  ['FLOAT', 'double'],
  ['DOUBLE', 'double'],
  ['DECIMAL', 'double'],
  ['DATE', 'datetime'],
  ['TIMESTAMP', 'datetime'],
  ['TIMESTAMP_S', 'datetime'],
  ['TIMESTAMP_MS', 'datetime'],
  ['TIMESTAMP_NS', 'datetime'],
  ['TIMESTAMP_TZ', 'datetime'],
]);

/** Whole numbers that a double cannot always hold: long if all values fit, otherwise string. */
const wideTypes: ReadonlySet<TypeName> = new Set(['BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT']);

/** @throws DATA_FORMAT_INVALID if it is no Parquet file or a broken one. */
export async function parquetSource(
  connection: DuckDBConnection,
  { file, columns: wantedNames, maxRows }: FileRequest,
): Promise<TableSource> {
  await checkMagic(file);
  const parameters = [literalPattern(file.absolutePath)];
  const { names, types } = await readHeader(connection, file, parameters);
  const wanted = wantedColumns(names, wantedNames);
  const aliases = names.map((_, index) => `c${index}`).join(', ');
  const relation = `read_parquet(?, hive_partitioning = false) AS t(${aliases})`;
  const wide = wanted.map(({ index }) => isWideSql(`c${index}`, types[index]));
  const [rowCount = 0, ...tooWide] = await readNumbers(connection, { relation, parameters }, [
    'count(*)',
    ...wide,
  ]);
  checkLimit(file.path, rowCount, maxRows, 'rows', 'maxRows');
  const columns = wanted.map(({ name, index }, place) => {
    const type = typeOf(types[index], tooWide[place] === 0);
    return { name, type, sql: typedSql(`c${index}`, type, types[index]) };
  });
  return { relation, parameters, rowCount, columns };
}

async function readHeader(
  connection: DuckDBConnection,
  file: DataFile,
  parameters: readonly string[],
): Promise<{ names: string[]; types: (TypeName | undefined)[] }> {
  const sql = 'SELECT * FROM read_parquet(?, hive_partitioning = false) LIMIT 0';
  const result = await connection.run(sql, [...parameters]);
  const { DuckDBTypeId } = await import('@duckdb/node-api');
  const isTypeName = (name: string): name is TypeName => name in DuckDBTypeId;
  const types = result.columnTypes().map(({ typeId }) => {
    const name = DuckDBTypeId[typeId] ?? '';
    return isTypeName(name) ? name : undefined;
  });
  return { names: checkColumnNames(file.path, result.columnNames()), types };
}

function typeOf(source: TypeName | undefined, fits: boolean): ColumnType {
  if (source === undefined) return 'string';
  if (wideTypes.has(source)) return fits ? 'long' : 'string';
  return typeByName.get(source) ?? 'string';
}

/** SQL of how many values are too wide for a double; 0 for types of which none can be. */
function isWideSql(column: string, source: TypeName | undefined): string {
  if (source === undefined || !wideTypes.has(source)) return '0';
  const limit = Number.MAX_SAFE_INTEGER;
  return `count(*) FILTER (${column} NOT BETWEEN -${limit} AND ${limit})`;
}

function typedSql(column: string, type: ColumnType, source: TypeName | undefined): string {
  if (type === 'string') return source === 'VARCHAR' ? column : `CAST(${column} AS VARCHAR)`;
  if (type === 'boolean') return `CAST(CAST(${column} AS TINYINT) AS DOUBLE)`;
  return type === 'datetime' ? `epoch_us(${column})::DOUBLE / 1000` : `CAST(${column} AS DOUBLE)`;
}

/** Checks the four bytes at each end, since DuckDB's own message for another format is obscure. */
async function checkMagic(file: DataFile): Promise<void> {
  const handle = await open(file.absolutePath).catch((cause) => {
    throw fileError(file.path, cause);
  });
  try {
    for (const position of [0, Math.max(0, file.sizeBytes - 4)]) {
      const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, position);
      if (buffer.toString('latin1') === 'PAR1') continue;
      const expected = `expected 'PAR1' at both ends; is it another format, or cut off?`;
      const message = `'${file.path}' is not a Parquet file; ${expected}`;
      throw new TabularError('DATA_FORMAT_INVALID', message);
    }
  } finally {
    await handle.close();
  }
}
