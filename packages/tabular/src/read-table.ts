// Reads a data file of any supported format into a Table. The formats are in duckdb/.

import type { DuckDBConnection } from '@duckdb/node-api';
import { checkDelimiter } from './csv/csv-dialect.ts';
import { readNumberCsv } from './csv/read-number-csv.ts';
import { withCsvSource } from './duckdb/csv-source.ts';
import { duckdbReason, withConnection } from './duckdb/database.ts';
import { fillColumns } from './duckdb/fill-columns.ts';
import { type FileRequest, jsonLinesSource } from './duckdb/json-lines-source.ts';
import { parquetSource } from './duckdb/parquet-source.ts';
import type { TableSource } from './duckdb/table-source.ts';
import { TabularError } from './errors.ts';
import { checkDataFile, type FileLimits } from './files/data-file.ts';
import { type DataFormat, delimiterFromPath, formatFromPath } from './files/data-format.ts';
import { Table } from './table/table.ts';

export interface ReadTableOptions extends FileLimits {
  /** Default: by extension (.csv, .tsv, .parquet, .jsonl, .ndjson). */
  readonly format?: DataFormat;
  /** The columns to read, in this order; default all. */
  readonly columns?: readonly string[];
  /** CSV only: one ASCII character; default a comma, for .tsv a tab. */
  readonly delimiter?: string;
  /** Most rows accepted, up to 2^31 - 1, which is the default. */
  readonly maxRows?: number;
}

/** Row numbers must fit an Int32Array. */
const mostRows = 2 ** 31 - 1;

/**
 * The table in a local CSV (with a header), Parquet or JSON Lines file.
 *
 * Types follow from all rows: integers are long, or string where one is beyond 2^53 - 1; decimals
 * double; true and false boolean; ISO dates and times datetime (without a zone: UTC); the rest
 * string. Nulls, empty CSV fields and NaN are missing; so are NA, N/A, null and None (in any case)
 * in a CSV column that otherwise holds numbers, booleans or times.
 * @throws DATA_PATH_NOT_LOCAL, DATA_FILE_NOT_FOUND, DATA_FILE_NOT_READABLE, DATA_FILE_EMPTY,
 * DATA_LIMIT_EXCEEDED, DATA_FORMAT_UNKNOWN, DATA_FORMAT_INVALID, DATA_HEADER_INVALID,
 * DATA_ROW_INVALID (with the line), DATA_OPTION_INVALID, COLUMN_NOT_FOUND.
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<Table> {
  const file = await checkDataFile(path, options);
  const format = options.format ?? formatFromPath(path);
  const delimiter = checkDelimiter(options.delimiter ?? delimiterFromPath(path));
  const maxRows = Math.min(options.maxRows ?? mostRows, mostRows);
  if (options.columns?.length === 0) {
    throw new TabularError('DATA_OPTION_INVALID', 'columns is empty; expected one name or more');
  }
  const request = { file, delimiter, columns: options.columns, maxRows };
  const numbers = format === 'csv' ? await readNumberCsv(request) : null;
  if (numbers !== null) return Table.fromColumns(numbers);
  return await withConnection(async (connection) => {
    const fill = (source: TableSource) => fillTable(connection, request, source);
    try {
      if (format === 'csv') return await withCsvSource(connection, request, fill);
      if (format === 'parquet') return await fill(await parquetSource(connection, request));
      return await fill(await jsonLinesSource(connection, request));
    } catch (cause) {
      if (cause instanceof TabularError) throw cause;
      const message = `'${path}' cannot be read as ${format}: ${duckdbReason(cause)}`;
      throw new TabularError('DATA_FORMAT_INVALID', message, { cause });
    }
  });
}

async function fillTable(
  connection: DuckDBConnection,
  { file }: FileRequest,
  source: TableSource,
): Promise<Table> {
  const columns = await fillColumns(connection, source);
  if (columns !== null) return Table.fromColumns(columns);
  const message = `'${file.path}' did not give the ${source.rowCount} rows counted before`;
  throw new TabularError('DATA_FILE_NOT_READABLE', `${message}; did it change while it was read?`);
}
