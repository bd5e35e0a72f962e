// Features as rows of float32, which is the precision at which trees compare: a block at a time, so
// that a million rows need no second copy of themselves.

import { FeatureMatrix, type Features } from '../matrix/feature-matrix.ts';

/** Rows a block: small enough for the cache, large enough to make a call worth while. */
export const blockRows = 256;

/**
 * Calls `use` with one block of rows after the other: `rows` holds `count` rows of `x.columnCount`
 * values, the first of which is row `first` of `x`. The array is reused.
 */
export function forEachBlock(
  x: Features,
  use: (rows: Float32Array, first: number, count: number) => void,
): void {
  const rows = new Float32Array(Math.min(blockRows, x.rowCount) * x.columnCount);
  for (let first = 0; first < x.rowCount; first += blockRows) {
    const count = Math.min(blockRows, x.rowCount - first);
    fillRows(x, first, count, rows);
    use(rows, first, count);
  }
}

/** Writes rows `first` to `first + count - 1` of `x` to the start of `rows`. */
export function fillRows(x: Features, first: number, count: number, rows: Float32Array): void {
  const width = x.columnCount;
  if (!(x instanceof FeatureMatrix)) {
    rows.set(x.values.subarray(first * width, (first + count) * width));
    return;
  }
  x.columns.forEach(({ values }, j) => {
    for (let i = 0, at = j; i < count; i++, at += width) rows[at] = values[first + i];
  });
}
