// Where the data of one fit lie in the kernels' memory, and why so. Training rows come first, watched
// rows (validation) after them, numbered on.
//
// - Bins by row, a multiple of 4 bytes each: a histogram reads a row's bins in one go, its gradient
//   once. Bins by column besides: parting a leaf's rows reads one feature's byte a row.
// - Gradient and hessian of a row in one 64-bit integer: one addition a bin, exact in any order.
// - A feature's entries in a histogram are as many as its bins, and some more after a full one: at
//   strides of 2048 bytes equal bins of all features would fall on the same places of the cache.

import type { KernelMemory } from '../kernels/kernel-memory.ts';
import type { BinnedFeature } from './binned-features.ts';

/** From so many bins on, entries of neighbours are kept from falling on the same cache sets. */
const fullFeature = 128;
const fullFeaturePad = 9;
/** Most bytes of all histograms together; leaves beyond are summed up anew when they are split. */
const histogramLimitBytes = 512 * 2 ** 20;

export interface FitShape {
  /** Training rows, 1 or more. */
  readonly rowCount: number;
  readonly watchedCount: number;
  readonly features: readonly BinnedFeature[];
  readonly leafCount: number;
  readonly outputCount: number;
  readonly isWeighted: boolean;
  readonly shardCount: number;
}

/** Addresses where a kernel alone reads, arrays where this side does too. */
export interface FitLayout {
  readonly shape: FitShape;
  /** Bytes from one column of `columns` to the next. */
  readonly columnStride: number;
  readonly columns: Uint8Array;
  /** Bytes of a row of `rows`, a multiple of 4. */
  readonly rowStride: number;
  readonly rows: number;
  /** Position of each feature's first entry in a histogram, one a byte of a row. */
  readonly offsets: Uint32Array;
  /** Entries of a histogram, an even number. */
  readonly entryCount: number;
  /** Addresses of histograms that leaves may hold. */
  readonly histograms: readonly number[];
  /** A histogram a shard but the first, whose part goes into the leaf's own. */
  readonly shardHistograms: readonly number[];
  /** Room for the addresses of features, a shard. */
  readonly tables: readonly number[];
  readonly packed: number;
  /** Scores from one output to the next. */
  readonly scoreStride: number;
  readonly scores: Float32Array;
  /** Of softmax losses; 0 for others. */
  readonly probabilities: number;
  readonly targets: Float32Array;
  /** Null where every row weighs 1. */
  readonly weights: Float32Array | null;
  /** Row numbers leaf by leaf, and room to part them. */
  readonly leafRows: Uint32Array;
  readonly spareRows: number;
  readonly watchedRows: Uint32Array;
  readonly spareWatchedRows: number;
  /** 1 for each bin that goes left in the split at work. */
  readonly routes: Uint8Array;
  readonly sums: Float64Array;
  readonly leafValues: Float32Array;
  readonly splitFeatures: Int32Array;
  readonly chosenFeatures: Uint32Array;
  readonly splitSettings: Float64Array;
  readonly foundSplit: Float64Array;
}

export function layOut(memory: KernelMemory, shape: FitShape): FitLayout {
  const { rowCount, watchedCount, features, outputCount, shardCount, leafCount } = shape;
  const allRows = rowCount + watchedCount;
  const columnStride = roundUp(allRows, 64);
  const scoreStride = roundUp(allRows, 16);
  const rowStride = roundUp(features.length, 4);
  const { offsets, entryCount } = entryOffsets(features, rowStride);
  const perShard = (bytes: number, count = shardCount) =>
    Array.from({ length: count }, () => memory.allocate(bytes));
  const slots = Math.floor(histogramLimitBytes / (8 * entryCount));
  const offsetsInMemory = memory.uint32(rowStride);
  offsetsInMemory.set(offsets);
  return {
    shape,
    columnStride,
    columns: memory.uint8(columnStride * features.length),
    rowStride,
    rows: memory.allocate(rowStride * rowCount),
    offsets: offsetsInMemory,
    entryCount,
    histograms: perShard(8 * entryCount, Math.max(3, Math.min(leafCount + 1, slots))),
    shardHistograms: perShard(8 * entryCount, shardCount - 1),
    tables: perShard(4 * rowStride),
    packed: memory.allocate(8 * roundUp(rowCount, 16)),
    scoreStride,
    scores: memory.float32(scoreStride * outputCount),
    probabilities: outputCount > 1 ? memory.allocate(4 * scoreStride * outputCount) : 0,
    targets: memory.float32(scoreStride),
    weights: shape.isWeighted ? memory.float32(scoreStride) : null,
    leafRows: memory.uint32(rowCount + 1),
    spareRows: memory.allocate(4 * rowCount + 4),
    watchedRows: memory.uint32(allRows + 1),
    spareWatchedRows: memory.allocate(4 * allRows + 4),
    routes: memory.uint8(256),
    sums: memory.float64(2 * shardCount),
    leafValues: memory.float32(leafCount),
    splitFeatures: memory.int32(6 * features.length),
    chosenFeatures: memory.uint32(features.length),
    splitSettings: memory.float64(9),
    foundSplit: memory.float64(6),
  };
}

// The bytes that fill a row up are 0 and fall on the last entry, which nobody reads.
function entryOffsets(
  features: readonly BinnedFeature[],
  rowStride: number,
): { readonly offsets: readonly number[]; readonly entryCount: number } {
  const offsets: number[] = [];
  let next = 0;
  for (const { realBins } of features) {
    offsets.push(next);
    next += realBins + 1 + (realBins >= fullFeature ? fullFeaturePad : 0);
  }
  while (offsets.length < rowStride) offsets.push(next);
  return { offsets, entryCount: roundUp(next + 1, 2) };
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
