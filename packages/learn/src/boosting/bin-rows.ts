// Puts every row into its bin, block by block of rows through the kernels' memory.

import type { Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import type { BinnedCategorical, BinnedFeature, BinnedNumeric } from './binned-features.ts';
import type { KernelSite } from './boosting-kernels.ts';

/** Numbers that go through at a time: few enough to stay in the cache. */
const blockValues = 65_536;
/** Thresholds as the kernel wants them: filled up with infinity, which is below nothing. */
const thresholdRoom = 255;

/** Bins column by column, in memory that other threads may share. */
export function binRows(
  site: KernelSite,
  features: readonly BinnedFeature[],
  x: Features,
): Uint8Array {
  const bins = sharedBytes(features.length * x.rowCount);
  const numeric = new NumericBinner(site, features);
  if (x instanceof Matrix) {
    numeric.binMatrix(x, bins);
    return bins;
  }
  features.forEach((feature, f) => {
    const { values } = x.columns[feature.column];
    const into = bins.subarray(f * x.rowCount, (f + 1) * x.rowCount);
    if (feature.kind === 'numeric') numeric.binColumn(f, feature, values, into);
    else binCodes(feature, values, into);
  });
  return bins;
}

class NumericBinner {
  readonly #site: KernelSite;
  readonly #features: readonly BinnedFeature[];
  readonly #thresholds: Float32Array;
  readonly #values: Float64Array;
  readonly #bins: Uint8Array;

  constructor(site: KernelSite, features: readonly BinnedFeature[]) {
    this.#site = site;
    this.#features = features;
    this.#thresholds = site.memory.float32(features.length * thresholdRoom);
    this.#thresholds.fill(Number.POSITIVE_INFINITY);
    features.forEach((feature, f) => {
      if (feature.kind === 'numeric') this.#thresholds.set(feature.thresholds, f * thresholdRoom);
    });
    this.#values = site.memory.float64(blockValues);
    this.#bins = site.memory.uint8(blockValues);
  }

  binColumn(f: number, feature: BinnedNumeric, values: Float64Array, into: Uint8Array): void {
    for (let first = 0; first < values.length; first += blockValues) {
      const block = values.subarray(first, first + blockValues);
      this.#values.set(block);
      this.#run(f, feature, this.#values.byteOffset, 1, block.length);
      into.set(this.#bins.subarray(0, block.length), first);
    }
  }

  /** Rows as they lie; a matrix wider than a block goes by column. */
  binMatrix(x: Matrix, bins: Uint8Array): void {
    const { rowCount, columnCount, values } = x;
    const blockRows = Math.floor(blockValues / columnCount);
    for (let first = 0; first < rowCount && blockRows > 0; first += blockRows) {
      const count = Math.min(blockRows, rowCount - first);
      this.#values.set(values.subarray(first * columnCount, (first + count) * columnCount));
      this.#features.forEach((feature, f) => {
        const address = this.#values.byteOffset + 8 * feature.column;
        if (feature.kind === 'numeric') this.#run(f, feature, address, columnCount, count);
        bins.set(this.#bins.subarray(0, count), f * rowCount + first);
      });
    }
    if (blockRows > 0) return;
    this.#features.forEach((feature, f) => {
      if (feature.kind !== 'numeric') return;
      const into = bins.subarray(f * rowCount, (f + 1) * rowCount);
      this.binColumn(f, feature, x.column(feature.column), into);
    });
  }

  #run(f: number, feature: BinnedNumeric, address: number, stride: number, count: number): void {
    const thresholds = this.#thresholds.byteOffset + 4 * thresholdRoom * f;
    const into = this.#bins.byteOffset;
    this.#site.kernels.binColumn(address, stride, count, thresholds, feature.realBins, into);
  }
}

function binCodes(feature: BinnedCategorical, values: Float64Array, into: Uint8Array): void {
  const { codes, realBins } = feature;
  const binOf = new Uint8Array(codes.reduce((most, code) => Math.max(most, code), 0) + 1);
  binOf.fill(realBins);
  codes.forEach((code, bin) => {
    binOf[code] = bin;
  });
  // NaN, and a code beyond the list, find nothing.
  for (let i = 0; i < values.length; i++) into[i] = binOf[values[i]] ?? realBins;
}

function sharedBytes(length: number): Uint8Array {
  const canShare = typeof SharedArrayBuffer === 'function';
  return new Uint8Array(canShare ? new SharedArrayBuffer(length) : new ArrayBuffer(length));
}
