// The kernel of number files in TypeScript, the oracle of the compiled one: the same grammar and the
// same places in memory. Numbers of more than 15 digits or with an exponent it calls hard.

import type { CsvKernel } from './csv-kernel.ts';

const [whole, decimal] = [1, 4];
const plainNumber = /^(?:[+-]?\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i;
const shortNumber = /^[+-]?\d{1,15}$/;
const shortDecimal = /^(?=.{3,16}$)[+-]?\d+\.\d+$/;

export function csvTwin(byteLength: number): CsvKernel {
  const buffer = new ArrayBuffer(byteLength);
  const bytes = new Uint8Array(buffer);
  const [words, doubles] = [new Int32Array(buffer), new Float64Array(buffer)];
  return {
    buffer,
    parseRows(input, length, delimiter, columnCount, out, rowCapacity, kinds, _, hard, state) {
      const text = Buffer.from(buffer, input, length).toString('latin1');
      const comma = String.fromCharCode(delimiter);
      let [row, hardCount, isOther, at] = [0, 0, false, 0];
      for (const line of text.slice(0, -1).split('\n')) {
        const cells = (line.endsWith('\r') ? line.slice(0, -1) : line).split(comma);
        isOther ||= cells.length !== columnCount || (columnCount === 1 && cells[0] === '');
        if (isOther) break;
        let offset = at;
        for (const [column, cell] of cells.entries()) {
          const place = (out >> 3) + column * rowCapacity + row;
          if (cell === '') doubles[place] = Number.NaN;
          else if (shortNumber.test(cell) || shortDecimal.test(cell)) {
            bytes[kinds + column] |= cell.includes('.') ? decimal : whole;
            doubles[place] = Number(cell);
          } else if (plainNumber.test(cell)) {
            words.set([row, column, offset, cell.length], (hard >> 2) + 4 * hardCount++);
          } else isOther = true;
          offset += cell.length + 1;
        }
        at += line.length + 1;
        row++;
      }
      words.set([row, hardCount, isOther ? 1 : 0], state >> 2);
    },
  };
}
