// Cuts a table into mini-batches of rows, in the order of the file. CSV is read as it comes, so the
// file need not fit in memory; other formats are read whole.
import { basename, extname } from 'node:path';
import {
  type Cell,
  formatCsvRecord,
  readCsvRecords,
  readTable,
  type Table,
} from '@ridgeline/tabular';
import { ScoringError } from '../errors.ts';
import type { RowBatch } from './mini-batch.ts';
import type { MiniBatchSize } from './mini-batch-size.ts';

type Row = readonly (string | null)[];

export async function* cutRows(file: string, size: MiniBatchSize): AsyncGenerator<RowBatch> {
  let rows: Row[] = [];
  let weight = 0;
  let done = 0;
  let index = 0;
  let header: readonly string[] = [];
  const batch = (): RowBatch => {
    const label = `rows ${done + 1} to ${done + rows.length} of ${basename(file)}`;
    return { kind: 'rows', index, count: rows.length, header, rows, label };
  };
  for await (const next of rowsOf(file)) {
    header = next.header;
    for (const row of next.rows) {
      rows.push(row);
      weight += size.unit === 'items' ? 1 : formatCsvRecord(row).length + 1;
      if (weight < size.value) continue;
      yield batch();
      done += rows.length;
      index += 1;
      [rows, weight] = [[], 0];
    }
  }
  if (rows.length > 0) yield batch();
}

interface Rows {
  readonly header: readonly string[];
  readonly rows: readonly Row[];
}

async function* rowsOf(file: string): AsyncGenerator<Rows> {
  const format = extname(file).toLowerCase();
  if (format === '.parquet' || format === '.jsonl' || format === '.ndjson') {
    yield wholeTable(await readTable(file));
    return;
  }
  const maxBytes = Number.POSITIVE_INFINITY;
  for await (const { header, records } of readCsvRecords(file, { maxBytes })) {
    const wrong = records.find(({ problem }) => problem !== null);
    if (wrong === undefined) yield { header, rows: records.map(({ fields }) => fields) };
    else {
      const message = `row ${wrong.rowNumber} (line ${wrong.lineNumber}) of ${basename(file)} ${wrong.problem}`;
      throw new ScoringError('BATCH_ARGUMENT_INVALID', message);
    }
  }
}

function wholeTable(table: Table): Rows {
  const header = table.columns().map(({ name }) => name);
  const rows = table.toRows().map((row) => header.map((name) => textOf(row[name] ?? null)));
  return { header, rows };
}

function textOf(cell: Cell): string | null {
  return cell === null ? null : String(cell);
}
