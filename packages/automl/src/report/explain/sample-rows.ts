// A part of the rows, chosen by a seed.
import { RandomState } from '@ridgeline/learn';

/** So many of the rows in ascending order, chosen by the seed. */
export function sampleOf(rows: Int32Array, count: number, seed: number): Int32Array {
  if (rows.length <= count) return rows;
  const order = new RandomState(seed).permutation(rows.length).subarray(0, count).sort();
  return order.map((at) => rows[at]);
}
