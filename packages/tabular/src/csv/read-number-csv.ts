// The fast way of a CSV file that holds numbers only, in its plainest form. It gives exactly what the
// way through DuckDB gives, or nothing: whatever it does not know, a fault of the file included, it
// leaves to that one, which also has the words for it.

import { type FileHandle, open } from 'node:fs/promises';
import type { CsvRequest } from '../duckdb/csv-source.ts';
import { type WantedColumn, wantedColumns } from '../duckdb/table-source.ts';
import { typeOfKinds } from '../duckdb/text-kinds.ts';
import { type Column, numberColumn } from '../table/column.ts';
import { type CsvKernel, createCsvKernel } from './csv-kernel.ts';
import { type CsvLayout, layOut } from './csv-layout.ts';
import { NumberColumns } from './number-columns.ts';
import { parsePart } from './parse-part.ts';
import { plainHeader } from './plain-header.ts';

type CreateKernel = (byteLength: number) => Promise<CsvKernel | null>;

/** The columns asked for, or null where the file must be read the other way. */
export async function readNumberCsv(
  request: CsvRequest,
  createKernel: CreateKernel = createCsvKernel,
): Promise<Column[] | null> {
  // Another delimiter could be a part of a number.
  if (!/^[,;\t|]$/.test(request.delimiter)) return null;
  const handle = await open(request.file.absolutePath).catch(() => null);
  if (handle === null) return null;
  try {
    return await readOpen(handle, request, createKernel);
  } catch {
    // A file that cannot be read, or a memory that cannot be had: the other way will tell.
    return null;
  } finally {
    await handle.close();
  }
}

async function readOpen(
  handle: FileHandle,
  request: CsvRequest,
  createKernel: CreateKernel,
): Promise<Column[] | null> {
  const bytes = Buffer.allocUnsafe(256 * 1024);
  const first = await fill(handle, bytes, 0);
  const head = plainHeader(bytes.subarray(0, first), request.delimiter);
  if (head === null || request.columns?.some((name) => !head.names.includes(name))) return null;
  const layout = layOut(head.names.length, bytes.length);
  const kernel = await createKernel(layout.byteLength);
  if (kernel === null) return null;
  const columns = new NumberColumns(head.names.length, expectedRows(bytes, head.length, request));
  const reading = { kernel, layout, delimiter: request.delimiter.charCodeAt(0), columns };
  let from = head.length;
  let filled = first;
  while (filled > from) {
    const isLast = filled < bytes.length;
    const end = isLast ? filled : bytes.lastIndexOf(0x0a, filled - 1) + 1;
    if (end <= from || !parsePart(reading, bytes.subarray(from, end))) return null;
    if (columns.rowCount > request.maxRows) return null;
    bytes.copyWithin(0, end, filled);
    filled = isLast ? 0 : await fill(handle, bytes, filled - end);
    from = 0;
  }
  return typed(wantedColumns(head.names, request.columns), columns, layout, kernel.buffer);
}

/** Reads until the buffer is full or the file ends. @returns how many bytes are in the buffer. */
async function fill(handle: FileHandle, bytes: Buffer, from: number): Promise<number> {
  let filled = from;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/** By the length of the first lines, and a little more. */
function expectedRows(bytes: Buffer, from: number, { file }: CsvRequest): number {
  let [lines, at] = [0, from];
  while (lines < 100) {
    const next = bytes.indexOf(0x0a, at);
    if (next < 0) break;
    at = next + 1;
    lines++;
  }
  return lines === 0 ? 1 : Math.ceil((1.02 * lines * file.sizeBytes) / (at - from)) + 1;
}

/** Null unless every column asked for is one of numbers. */
function typed(
  wanted: readonly WantedColumn[],
  columns: NumberColumns,
  layout: CsvLayout,
  buffer: ArrayBufferLike,
): Column[] | null {
  const kinds = new Uint8Array(buffer, layout.kinds);
  const found: Column[] = [];
  for (const { name, index } of wanted) {
    const type = typeOfKinds(kinds[index]);
    if (type !== 'long' && type !== 'double') return null;
    found.push(numberColumn(name, type, columns.take(index)));
  }
  return found;
}
