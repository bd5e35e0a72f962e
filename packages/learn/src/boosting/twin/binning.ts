// Twins of kernels/boosting/binning.as.ts.

import type { Heap } from '../../kernels/heap.ts';

export function binColumn(
  { u8, f32, f64 }: Heap,
  values: number,
  stride: number,
  count: number,
  thresholds: number,
  missingBin: number,
  bins: number,
): void {
  const limits = f32.subarray(thresholds >>> 2, (thresholds >>> 2) + 255);
  for (let i = 0; i < count; i++) {
    const value = Math.fround(f64[(values >>> 3) + i * stride]);
    u8[bins + i] = Number.isNaN(value) ? missingBin : countBelow(limits, value);
  }
}

/** How many of the ascending thresholds are below the value. */
function countBelow(thresholds: Float32Array, value: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (thresholds[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function binsByRow(
  { u8 }: Heap,
  columns: number,
  columnStride: number,
  featureCount: number,
  count: number,
  rows: number,
  rowStride: number,
): void {
  u8.fill(0, rows, rows + count * rowStride);
  for (let f = 0; f < featureCount; f++) {
    const column = columns + f * columnStride;
    for (let i = 0; i < count; i++) u8[rows + i * rowStride + f] = u8[column + i];
  }
}

export function sortFloats(
  { f32 }: Heap,
  values: number,
  count: number,
  _spare: number,
  _counters: number,
): void {
  f32.subarray(values >>> 2, (values >>> 2) + count).sort();
}
