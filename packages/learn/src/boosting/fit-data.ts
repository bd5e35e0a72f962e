// Brings the rows of a fit into the kernels' memory: bins by column and by row, targets, weights.

import type { BinnedFeatures } from './binned-features.ts';
import type { BoostingKernels } from './boosting-kernels.ts';
import type { FitLayout } from './layout.ts';

/** Rows of binned features with what is known of them, by row of the binned features. */
export interface BinnedRows {
  readonly binned: BinnedFeatures;
  /** The rows to take, ascending or not; null for all. */
  readonly rows: Int32Array | null;
  /** One number a row of `binned`: the target, or the class's code. */
  readonly target: Float64Array;
  /** One weight a row of `binned`; null for 1 each. */
  readonly weights: Float64Array | null;
}

/** The values of the rows taken. */
export function taken(values: Float64Array, rows: Int32Array | null): Float64Array {
  if (rows === null) return values;
  const some = new Float64Array(rows.length);
  for (let i = 0; i < some.length; i++) some[i] = values[rows[i]];
  return some;
}

export function rowCountOf({ binned, rows }: BinnedRows): number {
  return rows === null ? binned.rowCount : rows.length;
}

/** Fills in the bins: training rows by column and by row, watched rows behind them by column. */
export function fillBins(
  layout: FitLayout,
  kernels: BoostingKernels,
  training: BinnedRows,
  watched: BinnedRows | null,
): void {
  const { rowCount, features } = layout.shape;
  copyColumns(layout, training, 0);
  if (watched !== null) copyColumns(layout, watched, rowCount);
  kernels.binsByRow(
    layout.columns.byteOffset,
    layout.columnStride,
    features.length,
    rowCount,
    layout.rows,
    layout.rowStride,
  );
}

function copyColumns(layout: FitLayout, { binned, rows }: BinnedRows, first: number): void {
  const { columns, columnStride, shape } = layout;
  for (let f = 0; f < shape.features.length; f++) {
    const column = binned.bins.subarray(f * binned.rowCount, (f + 1) * binned.rowCount);
    const at = f * columnStride + first;
    if (rows === null) columns.set(column, at);
    else for (let i = 0; i < rows.length; i++) columns[at + i] = column[rows[i]];
  }
}
