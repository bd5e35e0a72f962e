// A column as few groups of rows: text by its value, numbers by their rank. The simplest model that a
// single column can be, for leakage and for drift.
import type { Column } from '@ridgeline/tabular';

export interface Groups {
  /** One a row, 0 to `count - 1`; the last group is that of the missing values. */
  readonly codes: Int32Array;
  readonly count: number;
}

/** Groups of the rows of `column` at `rows`; of numbers at most `most`, with about equally many rows. */
export function groupsOf(column: Column, rows: Int32Array, most: number): Groups {
  if (column.type === 'string') {
    const count = column.dictionary.length + 1;
    const codes = rows.map((row) => (column.codes[row] < 0 ? count - 1 : column.codes[row]));
    return { codes, count };
  }
  const edges = edgesOf(column.values, rows, most);
  return groupsBetween(column.values, rows, edges);
}

/** Ascending values that cut the present ones into at most `most` groups of about the same size. */
export function edgesOf(values: Float64Array, rows: Int32Array, most: number): Float64Array {
  const sorted = Float64Array.from(rows, (row) => values[row])
    .filter((value) => !Number.isNaN(value))
    .sort();
  const edges = new Set<number>();
  for (let i = 1; i < most; i++) {
    const edge = sorted[Math.floor((i * sorted.length) / most)];
    if (edge !== undefined && edge > sorted[0]) edges.add(edge);
  }
  return Float64Array.from(edges);
}

/** Group i holds edge[i - 1] ≤ x < edge[i]; the last group is that of the missing values. */
export function groupsBetween(values: Float64Array, rows: Int32Array, edges: Float64Array): Groups {
  const count = edges.length + 2;
  const codes = rows.map((row) => {
    const value = values[row];
    return Number.isNaN(value) ? count - 1 : countUpTo(edges, value);
  });
  return { codes, count };
}

/** How many of the ascending edges are at most the value. */
function countUpTo(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** At most so many of the rows 0 to `length - 1`, with about equal steps between. */
export function evenly(length: number, most: number): Int32Array {
  if (length <= most) return Int32Array.from({ length }, (_, i) => i);
  return Int32Array.from({ length: most }, (_, i) => Math.floor(((i + 0.5) * length) / most));
}
