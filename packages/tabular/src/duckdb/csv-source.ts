// CSV through DuckDB. DuckDB guesses nothing here: our own reader goes over the file first,
// judges every record, and gives the header and the number of rows; DuckDB then reads text columns
// in a fixed dialect. Files that the two are known to read differently (mixed line ends, blanks
// around quotes) are first rewritten in the plainest form, so that ours is the one that counts.

import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { maxRecordLength } from '../csv/csv-dialect.ts';
import { formatCsvRecord } from '../csv/format-csv-record.ts';
import { readCsvRecords, rowInvalid } from '../csv/read-csv-records.ts';
import { checkLimit, type DataFile } from '../files/data-file.ts';
import { literalPattern } from './database.ts';
import { readKinds } from './query.ts';
import { type TableSource, wantedColumns } from './table-source.ts';
import { fieldKindSql, typedTextSql, typeOfKinds } from './text-kinds.ts';

export interface CsvRequest {
  readonly file: DataFile;
  readonly delimiter: string;
  readonly columns: readonly string[] | undefined;
  readonly maxRows: number;
}

interface Survey {
  readonly header: readonly string[];
  readonly rowCount: number;
  readonly isPlain: boolean;
}

/** Runs `use` on the source of a CSV file. @throws as `readCsvRecords`; DATA_LIMIT_EXCEEDED. */
export async function withCsvSource<T>(
  connection: DuckDBConnection,
  request: CsvRequest,
  use: (source: TableSource) => Promise<T>,
): Promise<T> {
  const survey = await surveyFile(request);
  if (survey.isPlain) {
    const { file, delimiter } = request;
    return await use(await describe(connection, request, survey, file.absolutePath, delimiter));
  }
  const folder = await mkdtemp(join(tmpdir(), 'ridgeline-csv-'));
  try {
    const plainPath = join(folder, 'plain.csv');
    await pipeline(Readable.from(plainLines(request)), createWriteStream(plainPath));
    return await use(await describe(connection, request, survey, plainPath, ','));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads the file once; the first record that is no row ends it. */
async function surveyFile({ file, delimiter, maxRows }: CsvRequest): Promise<Survey> {
  let survey: Survey = { header: [], rowCount: 0, isPlain: true };
  for await (const batch of readCsvRecords(file.path, { delimiter, maxBytes: Infinity })) {
    const wrong = batch.records.find(({ problem }) => problem !== null);
    if (wrong?.problem) throw rowInvalid(file, wrong.lineNumber, wrong.problem);
    const { header, isPlain } = batch;
    survey = { header, rowCount: survey.rowCount + batch.records.length, isPlain };
    checkLimit(file.path, survey.rowCount, maxRows, 'rows', 'maxRows');
  }
  return survey;
}

async function* plainLines({ file, delimiter }: CsvRequest): AsyncGenerator<string> {
  let isFirst = true;
  for await (const batch of readCsvRecords(file.path, { delimiter, maxBytes: Infinity })) {
    const records = batch.records.map(({ fields }) => fields);
    const lines = isFirst ? [batch.header, ...records] : records;
    isFirst = false;
    yield `${lines.map((fields) => formatCsvRecord(fields)).join('\n')}\n`;
  }
}

async function describe(
  connection: DuckDBConnection,
  request: CsvRequest,
  { header, rowCount }: Survey,
  path: string,
  delimiter: string,
): Promise<TableSource> {
  const relation = relationSql(header.length);
  const parameters = [literalPattern(path), delimiter];
  const wanted = wantedColumns(header, request.columns);
  const kinds = await readKinds(connection, {
    ...{ relation, parameters, count: wanted.length, kind: fieldKindSql('field') },
    lists: { field: `[${wanted.map(({ index }) => `c${index}`).join(', ')}]` },
  });
  const columns = wanted.map(({ name, index }, place) => {
    const type = typeOfKinds(kinds[place]);
    return { name, type, sql: typedTextSql(`c${index}`, type) };
  });
  return { relation, parameters, rowCount, columns };
}

function relationSql(columnCount: number): string {
  const columns = Array.from({ length: columnCount }, (_, index) => `'c${index}': 'VARCHAR'`);
  // A UTF-8 character has up to 4 bytes, and DuckDB counts the line in bytes.
  const maxLineBytes = 4 * maxRecordLength;
  return `read_csv(?, delim = ?, auto_detect = false, columns = {${columns.join(', ')}},
    header = true, quote = '"', escape = '"', nullstr = '', max_line_size = ${maxLineBytes},
    compression = 'none', hive_partitioning = false)`;
}
