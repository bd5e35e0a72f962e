// A balanced k-d tree (Bentley 1975; laid out as in scikit-learn: halves at the median of the widest
// column, leaves of a few rows side by side). Owns where the rows lie; the search is in nearest.ts.

import type { Matrix } from '../matrix/matrix.ts';

/** The most rows of a leaf: few enough to rule out most, enough to go through in one run. */
export const leafRows = 64;

/** Node `i` has the children `2 i + 1` and `2 i + 2`; the nodes of the last level are leaves. */
export interface KdTree {
  readonly columnCount: number;
  /** The rows in the order of the leaves, row-major. */
  readonly points: Float64Array;
  /** The row of training at each place of `points`. */
  readonly order: Int32Array;
  readonly firstLeaf: number;
  /** Places of a node's rows: from `starts[i]` up to, not including, `ends[i]`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The box around a node's rows: `columnCount` values a node. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

export function buildKdTree({ rowCount, columnCount, values }: Matrix): KdTree {
  const levels = Math.max(0, Math.ceil(Math.log2(rowCount / leafRows)));
  const nodeCount = 2 ** (levels + 1) - 1;
  const order = Int32Array.from({ length: rowCount }, (_, i) => i);
  const starts = new Int32Array(nodeCount);
  const ends = new Int32Array(nodeCount);
  const lows = new Float64Array(nodeCount * columnCount).fill(Number.POSITIVE_INFINITY);
  const highs = new Float64Array(nodeCount * columnCount).fill(Number.NEGATIVE_INFINITY);
  const firstLeaf = 2 ** levels - 1;
  ends[0] = rowCount;
  for (let node = 0; node < nodeCount; node++) {
    const box = node * columnCount;
    for (let at = starts[node]; at < ends[node]; at++) {
      const row = order[at] * columnCount;
      for (let j = 0; j < columnCount; j++) {
        const value = values[row + j];
        if (value < lows[box + j]) lows[box + j] = value;
        if (value > highs[box + j]) highs[box + j] = value;
      }
    }
    if (node >= firstLeaf) continue;
    const widest = widestColumn(lows, highs, box, columnCount);
    const middle = (starts[node] + ends[node]) >> 1;
    const keys = { values, columnCount, column: widest };
    selectPlace(order, keys, starts[node], ends[node] - 1, middle);
    [starts[2 * node + 1], ends[2 * node + 1]] = [starts[node], middle];
    [starts[2 * node + 2], ends[2 * node + 2]] = [middle, ends[node]];
  }
  const points = new Float64Array(values.length);
  order.forEach((row, at) => {
    points.set(values.subarray(row * columnCount, (row + 1) * columnCount), at * columnCount);
  });
  return { columnCount, points, order, firstLeaf, starts, ends, lows, highs };
}

function widestColumn(lows: Float64Array, highs: Float64Array, box: number, count: number): number {
  let widest = 0;
  for (let j = 1; j < count; j++) {
    if (highs[box + j] - lows[box + j] > highs[box + widest] - lows[box + widest]) widest = j;
  }
  return widest;
}

interface Keys {
  readonly values: Float64Array;
  readonly columnCount: number;
  readonly column: number;
}

/** Hoare's selection: puts at `place` what sorting would, smaller rows before and larger after. */
function selectPlace(
  order: Int32Array,
  { values, columnCount, column }: Keys,
  first: number,
  last: number,
  place: number,
): void {
  let [low, high] = [first, last];
  while (low < high) {
    const pivot = values[order[(low + high) >> 1] * columnCount + column];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[order[i] * columnCount + column] < pivot) i++;
      while (values[order[j] * columnCount + column] > pivot) j--;
      if (i > j) break;
      const row = order[i];
      order[i++] = order[j];
      order[j--] = row;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else return;
  }
}
