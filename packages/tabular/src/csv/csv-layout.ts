// Where the kernel's arrays lie in its memory, for parts of at most `partBytes` bytes.

import { kernelPowers } from './powers-of-five.ts';

export interface CsvLayout {
  readonly columnCount: number;
  /** A line has a byte a column at least, so no part has more rows. */
  readonly rowCapacity: number;
  readonly input: number;
  readonly out: number;
  readonly kinds: number;
  readonly powers: number;
  readonly hard: number;
  readonly state: number;
  readonly byteLength: number;
}

/** A hard cell has two bytes with its delimiter, at least; its entry four numbers. */
const hardBytesPerByte = 8;

export function layOut(columnCount: number, partBytes: number): CsvLayout {
  const rowCapacity = Math.ceil(partBytes / columnCount) + 1;
  let end = 64;
  const take = (byteLength: number) => {
    const start = end;
    end += Math.ceil(byteLength / 64) * 64;
    return start;
  };
  return {
    columnCount,
    rowCapacity,
    state: take(12),
    powers: take(kernelPowers().byteLength),
    kinds: take(columnCount),
    // One byte more: the line feed that the last line may lack.
    input: take(partBytes + 1),
    hard: take(hardBytesPerByte * partBytes),
    out: take(8 * columnCount * rowCapacity),
    byteLength: end,
  };
}
