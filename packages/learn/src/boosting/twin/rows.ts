// Twins of kernels/boosting/partition.as.ts and scores.as.ts.

import type { Heap } from '../../kernels/heap.ts';

export function partitionRows(
  { u8, u32 }: Heap,
  column: number,
  rows: number,
  count: number,
  routes: number,
  spare: number,
): number {
  let left = rows >>> 2;
  let right = spare >>> 2;
  const end = left + count;
  for (let k = left; k < end; k++) {
    const row = u32[k];
    if (u8[routes + u8[column + row]] === 1) u32[left++] = row;
    else u32[right++] = row;
  }
  u32.copyWithin(left, spare >>> 2, right);
  return left - (rows >>> 2);
}

export function listRows({ u32 }: Heap, rows: number, first: number, count: number): void {
  for (let k = 0; k < count; k++) u32[(rows >>> 2) + k] = first + k;
}

export function drawRows(
  { u32 }: Heap,
  first: number,
  count: number,
  seed: number,
  limit: number,
  drawn: number,
  others: number,
): number {
  let into = drawn >>> 2;
  let out = others >>> 2;
  for (let row = first; row < first + count; row++) {
    if (hash(row, seed) < limit) u32[into++] = row;
    else u32[out++] = row;
  }
  return into - (drawn >>> 2);
}

// The finaliser of MurmurHash3, over row and seed.
function hash(row: number, seed: number): number {
  let h = (Math.imul(row, 0x9e3779b1) + seed) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function addLeafValues(
  { f32, u32 }: Heap,
  scores: number,
  segments: number,
  values: number,
  leafCount: number,
): void {
  for (let leaf = 0; leaf < leafCount; leaf++) {
    const value = f32[(values >>> 2) + leaf];
    const first = u32[(segments >>> 2) + 2 * leaf] >>> 2;
    const end = first + u32[(segments >>> 2) + 2 * leaf + 1];
    for (let k = first; k < end; k++) f32[(scores >>> 2) + u32[k]] += value;
  }
}
