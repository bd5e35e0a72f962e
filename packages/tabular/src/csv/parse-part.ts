// Takes whole lines through the kernel, and looks after the cells that it found too hard.

import type { CsvKernel } from './csv-kernel.ts';
import type { CsvLayout } from './csv-layout.ts';
import type { NumberColumns } from './number-columns.ts';
import { kernelPowers } from './powers-of-five.ts';

export interface CsvReading {
  readonly kernel: CsvKernel;
  readonly layout: CsvLayout;
  readonly delimiter: number;
  readonly columns: NumberColumns;
}

const powers = kernelPowers();
const [whole, huge, decimal] = [1, 2, 4];
/** Smaller and larger numbers may be refused or rounded to 0 elsewhere. */
const [smallest, largest] = [1e-300, 1e300];

/** Adds the rows of `lines` to the columns; false where a line is not of the kernel's grammar. */
export function parsePart(
  { kernel, layout, delimiter, columns }: CsvReading,
  lines: Buffer,
): boolean {
  const { buffer } = kernel;
  const { columnCount, rowCapacity, out, kinds, hard, state } = layout;
  const input = new Uint8Array(buffer, layout.input, lines.length + 1);
  input.set(lines);
  const isEnded = lines[lines.length - 1] === 0x0a;
  if (!isEnded) input[lines.length] = 0x0a;
  const length = lines.length + (isEnded ? 0 : 1);
  new Uint8Array(buffer, layout.powers, powers.length).set(powers);
  kernel.parseRows(
    layout.input,
    length,
    delimiter,
    columnCount,
    out,
    rowCapacity,
    kinds,
    layout.powers,
    hard,
    state,
  );
  const [rowCount, hardCount, isOther] = new Int32Array(buffer, state, 3);
  if (isOther !== 0 || !parseHard(kernel, layout, lines, hardCount)) return false;
  const values = new Float64Array(buffer, out, columnCount * rowCapacity);
  columns.append(values, rowCapacity, rowCount);
  return true;
}

function parseHard(
  { buffer }: CsvKernel,
  { rowCapacity, out, kinds, hard }: CsvLayout,
  lines: Buffer,
  hardCount: number,
): boolean {
  const entries = new Int32Array(buffer, hard, 4 * hardCount);
  const values = new Float64Array(buffer, out);
  const kindOf = new Uint8Array(buffer, kinds);
  for (let at = 0; at < entries.length; at += 4) {
    const [row, column, offset, length] = entries.subarray(at, at + 4);
    const text = lines.toString('latin1', offset, offset + length);
    const value = Number(text);
    const size = Math.abs(value);
    if (size === 0 ? /^[^e]*[1-9]/i.test(text) : !(size > smallest && size < largest)) return false;
    kindOf[column] |= kindOfText(text, size);
    values[column * rowCapacity + row] = value;
  }
  return true;
}

function kindOfText(text: string, size: number): number {
  if (/[.e]/i.test(text)) return decimal;
  return size <= Number.MAX_SAFE_INTEGER ? whole : huge;
}
