// Chooses how splits are searched for: by the compiled kernels where there are any.

import { type ColumnBins, missingBin } from './column-bins.ts';
import type { ForestData, ForestSettings } from './forest-data.ts';
import { kernelSplitter } from './kernel-splitter.ts';
import type { NodeSplitter } from './node-splitter.ts';
import { TypeScriptSplitter } from './typescript-splitter.ts';

const largest = 3.4028234663852886e38;

export function makeSplitter(data: ForestData, settings: ForestSettings): NodeSplitter {
  const positions = binPositions(data.columns);
  const compiled = kernelSplitter(data, settings, positions);
  return compiled ?? new TypeScriptSplitter(data, settings, positions);
}

/** Where each bin lies on its column's axis, for random thresholds; `missingBin` places a column. */
export function binPositions(columns: readonly ColumnBins[]): Float64Array {
  const positions = new Float64Array(columns.length * missingBin);
  columns.forEach((bins, j) => {
    const categorical = bins.kind === 'categorical';
    const count = categorical ? bins.codesOf.length : bins.low.length;
    for (let b = 0; b < count; b++) {
      positions[j * missingBin + b] = categorical ? b : middle(bins.low[b], bins.high[b]);
    }
  });
  return positions;
}

/** Values beyond float32 are infinite there, and an axis needs ends. */
function middle(low: number, high: number): number {
  return (
    Math.max(-largest, Math.min(largest, low)) / 2 + Math.max(-largest, Math.min(largest, high)) / 2
  );
}
