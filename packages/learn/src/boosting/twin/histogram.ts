// Twins of kernels/boosting/histogram.as.ts and packed-sums.as.ts. An entry is two 32-bit numbers: as
// its halves stay within theirs, neither carries into the other and each is summed by itself.

import type { Heap } from '../../kernels/heap.ts';

export function buildHistogram(
  heap: Heap,
  bins: number,
  stride: number,
  packed: number,
  rows: number,
  count: number,
  offsets: number,
  _table: number,
  histogram: number,
  entryCount: number,
): void {
  const { u8, i32, u32 } = heap;
  i32.fill(0, histogram >>> 2, (histogram >>> 2) + 2 * entryCount);
  for (let k = 0; k < count; k++) {
    const row = rows === 0 ? k : u32[(rows >>> 2) + k];
    const hessian = i32[(packed >>> 2) + 2 * row];
    const gradient = i32[(packed >>> 2) + 2 * row + 1];
    for (let f = 0; f < stride; f++) {
      const entry = u32[(offsets >>> 2) + f] + u8[bins + row * stride + f];
      i32[(histogram >>> 2) + 2 * entry] += hessian;
      i32[(histogram >>> 2) + 2 * entry + 1] += gradient;
    }
  }
}

export function buildHistogramOf(
  heap: Heap,
  bins: number,
  stride: number,
  packed: number,
  rows: number,
  count: number,
  offsets: number,
  _table: number,
  histogram: number,
  entryCount: number,
  chosen: number,
  chosenCount: number,
): void {
  const { u8, i32, u32 } = heap;
  i32.fill(0, histogram >>> 2, (histogram >>> 2) + 2 * entryCount);
  for (let k = 0; k < count; k++) {
    const row = rows === 0 ? k : u32[(rows >>> 2) + k];
    const hessian = i32[(packed >>> 2) + 2 * row];
    const gradient = i32[(packed >>> 2) + 2 * row + 1];
    for (let c = 0; c < chosenCount; c++) {
      const f = u32[(chosen >>> 2) + c];
      const entry = u32[(offsets >>> 2) + f] + u8[bins + row * stride + f];
      i32[(histogram >>> 2) + 2 * entry] += hessian;
      i32[(histogram >>> 2) + 2 * entry + 1] += gradient;
    }
  }
}

/** into += from. */
export function addPacked({ i32 }: Heap, into: number, from: number, count: number): void {
  for (let k = 0; k < 2 * count; k++) i32[(into >>> 2) + k] += i32[(from >>> 2) + k];
}

/** into = from - less. */
export function subtractPacked(
  { i32 }: Heap,
  into: number,
  from: number,
  less: number,
  count: number,
): void {
  for (let k = 0; k < 2 * count; k++) {
    i32[(into >>> 2) + k] = i32[(from >>> 2) + k] - i32[(less >>> 2) + k];
  }
}
