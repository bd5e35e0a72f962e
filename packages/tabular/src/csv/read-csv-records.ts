// Streams a CSV file as records of text, in the order of the file and in bounded memory. Types
// are not its business. A record that is wrong in itself is passed on with its problem.

import { TabularError } from '../errors.ts';
import { checkDataFile, type DataFile, type FileLimits } from '../files/data-file.ts';
import { delimiterFromPath } from '../files/data-format.ts';
import { countLineFeeds, readTextChunks } from '../files/text-chunks.ts';
import { checkColumnNames } from '../table/check-column-names.ts';
import { checkDelimiter, maxRecordLength } from './csv-dialect.ts';
import { type ScannedRecord, scanRecord } from './scan-record.ts';

export interface CsvRecord {
  /** 1-based number of the data row; the header is not counted. */
  readonly rowNumber: number;
  /** 1-based line of the file on which the record starts. */
  readonly lineNumber: number;
  /** As found: one a column, unless there is a problem. Null for an empty field. */
  readonly fields: readonly (string | null)[];
  /** Why this record is no row of the header's columns, or null. */
  readonly problem: string | null;
}

export interface CsvRecordBatch {
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
  /** False once a record was met that other CSV readers are known to read in another way. */
  readonly isPlain: boolean;
}

export interface ReadCsvRecordsOptions extends FileLimits {
  /** One ASCII character; default a comma, for .tsv a tab. */
  readonly delimiter?: string;
  /** Records in a batch, at most; default 2048. The last batch is shorter. */
  readonly batchSize?: number;
}

/**
 * The records of a CSV file with a header, UTF-8, with any line ends. There is always one batch,
 * so the header is known even when there are no rows. Blank lines are skipped, except in a
 * file of one column, where each is a row with an empty field.
 * @throws (while iterating) DATA_FILE_NOT_FOUND and the other codes of `checkDataFile`,
 * DATA_FORMAT_INVALID for NUL bytes or what is not UTF-8, DATA_HEADER_INVALID, DATA_ROW_INVALID
 * for a quote that is never closed, since nothing after it can be told apart.
 */
export async function* readCsvRecords(
  path: string,
  options: ReadCsvRecordsOptions = {},
): AsyncGenerator<CsvRecordBatch> {
  const delimiter = checkDelimiter(options.delimiter ?? delimiterFromPath(path));
  const batchSize = options.batchSize ?? 2048;
  if (!(Number.isInteger(batchSize) && batchSize > 0)) {
    throw new TabularError('DATA_OPTION_INVALID', `batchSize is ${batchSize}; expected 1 or more`);
  }
  const file = await checkDataFile(path, options);
  let header: readonly string[] | null = null;
  let records: CsvRecord[] = [];
  let rowNumber = 0;
  let firstLineEnd: string | null = null;
  let isPlain = true;
  for await (const { scanned, lineNumber } of scanFile(file, delimiter)) {
    firstLineEnd ??= scanned.lineEnd;
    const hasUsualEnd = scanned.lineEnd === firstLineEnd && scanned.lineEnd !== '\r';
    if (!scanned.isPlain || !(hasUsualEnd || scanned.lineEnd === '')) isPlain = false;
    if (header === null) {
      if (scanned.problem !== null) throw rowInvalid(file, lineNumber, scanned.problem);
      header = checkColumnNames(path, scanned.fields);
      continue;
    }
    if (scanned.isBlank && header.length > 1) continue;
    rowNumber++;
    const problem = scanned.problem ?? countProblem(scanned.fields.length, header.length);
    records.push({ rowNumber, lineNumber, fields: scanned.fields, problem });
    if (records.length < batchSize) continue;
    yield { header, records, isPlain };
    records = [];
  }
  if (header === null) throw new TabularError('DATA_FILE_EMPTY', `'${path}' has no header line`);
  if (records.length > 0 || rowNumber === 0) yield { header, records, isPlain };
}

/** The user error for a record that is no row. */
export function rowInvalid({ path }: DataFile, line: number, problem: string): TabularError {
  return new TabularError('DATA_ROW_INVALID', `'${path}', line ${line}: ${problem}`);
}

interface LocatedRecord {
  readonly scanned: ScannedRecord;
  readonly lineNumber: number;
}

async function* scanFile(file: DataFile, delimiter: string): AsyncGenerator<LocatedRecord> {
  const delimiterCode = delimiter.charCodeAt(0);
  let text = '';
  let lineNumber = 1;
  for await (const chunk of withLastMark(readTextChunks(file))) {
    const isLast = chunk === null;
    text += chunk ?? '';
    let at = 0;
    while (at < text.length) {
      const scanned = scanRecord(text, at, delimiterCode, isLast);
      if (scanned.end === null) {
        if (!isLast && text.length - at <= maxRecordLength) break;
        throw rowInvalid(file, lineNumber, unfinishedProblem(scanned.inQuotes));
      }
      yield { scanned, lineNumber };
      lineNumber += countLines(text, at, scanned);
      at = scanned.end;
    }
    text = text.slice(at);
  }
}

/** The chunks and then null, so that the end is one more turn of the same loop. */
async function* withLastMark(chunks: AsyncGenerator<string>): AsyncGenerator<string | null> {
  yield* chunks;
  yield null;
}

/** Lines that a record spans. Fields with line ends are rare, so the others cost no search. */
function countLines(text: string, start: number, scanned: ScannedRecord): number {
  const lineFeeds = countLineFeeds(text.slice(start, scanned.end));
  return scanned.lineEnd === '\r' ? lineFeeds + 1 : lineFeeds;
}

function countProblem(found: number, expected: number): string | null {
  if (found === expected) return null;
  const advice = expected === 1 ? '; are the fields divided by commas?' : '';
  return `has ${found} ${found === 1 ? 'field' : 'fields'}; expected ${expected}, as the header${advice}`;
}

function unfinishedProblem(inQuotes: boolean): string {
  if (inQuotes) return 'a quoted field that starts in this record is never closed';
  return `the record is longer than ${maxRecordLength} characters`;
}
