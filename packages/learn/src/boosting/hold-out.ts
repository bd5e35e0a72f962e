// The part of the rows that early stopping sets aside.

import { RandomState } from '../random/random-state.ts';
import { mixed } from './random-draws.ts';

export interface HoldOut {
  /** Rows to grow on, ascending. */
  readonly training: Int32Array;
  /** Rows to watch, ascending; may be empty where there are few. */
  readonly watched: Int32Array;
}

/**
 * @param codes the class of each row, which keeps its share in both parts; null for regression.
 * @param fraction share of the rows to watch.
 */
export function holdOut(
  rowCount: number,
  codes: ArrayLike<number> | null,
  fraction: number,
  randomState: number,
): HoldOut {
  const order = new RandomState(mixed(randomState, 3)).permutation(rowCount);
  const isWatched = new Uint8Array(rowCount);
  for (const rows of groups(order, codes)) {
    const size = Math.min(rows.length - 1, Math.round(fraction * rows.length));
    for (let i = 0; i < size; i++) isWatched[rows[i]] = 1;
  }
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  return {
    training: all.filter((row) => isWatched[row] === 0),
    watched: all.filter((row) => isWatched[row] === 1),
  };
}

function groups(order: Int32Array, codes: ArrayLike<number> | null): Iterable<ArrayLike<number>> {
  if (codes === null) return [order];
  const rowsOf = new Map<number, number[]>();
  for (const row of order) {
    const rows = rowsOf.get(codes[row]);
    if (rows === undefined) rowsOf.set(codes[row], [row]);
    else rows.push(row);
  }
  return rowsOf.values();
}
