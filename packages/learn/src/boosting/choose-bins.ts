// Chooses each column's bins: quantiles of its numbers, or its most frequent categories.

import type { CategoricalFeature, Features } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import { binThresholds } from './bin-thresholds.ts';
import type { BinnedCategorical, BinnedFeature, BinnedNumeric } from './binned-features.ts';
import type { KernelSite } from './boosting-kernels.ts';
import { spreadRows } from './random-draws.ts';

/** Rows that the thresholds are taken from: more would move them by a fraction of a bin's width. */
const sampleSize = 50_000;

export class BinChooser {
  readonly #site: KernelSite;
  readonly #x: Features;
  readonly #maxBins: number;
  readonly #rows: Int32Array | null;
  readonly #sample: Float32Array;
  readonly #spare: number;
  readonly #counters: number;

  constructor(site: KernelSite, x: Features, maxBins: number) {
    this.#site = site;
    this.#x = x;
    this.#maxBins = maxBins;
    this.#rows = x.rowCount > sampleSize ? spreadRows(x.rowCount, sampleSize) : null;
    const size = Math.min(x.rowCount, sampleSize);
    this.#sample = site.memory.float32(size);
    this.#spare = site.memory.allocate(4 * size);
    this.#counters = site.memory.allocate(4 * 2048);
  }

  /** Null for a column that has nothing to tell rows apart by. */
  choose(column: number): BinnedFeature | null {
    const x = this.#x;
    if (x instanceof Matrix) return this.#numeric(column, x.values, column, x.columnCount);
    const feature = x.columns[column];
    if (feature.kind === 'numeric') return this.#numeric(column, feature.values, 0, 1);
    return categorical(column, feature, this.#maxBins);
  }

  #numeric(
    column: number,
    values: Float64Array,
    first: number,
    stride: number,
  ): BinnedNumeric | null {
    const sample = this.#sample;
    const rows = this.#rows;
    let size = 0;
    for (let i = 0; i < sample.length; i++) {
      const value = values[first + (rows === null ? i : rows[i]) * stride];
      if (!Number.isNaN(value)) sample[size++] = value;
    }
    this.#site.kernels.sortFloats(sample.byteOffset, size, this.#spare, this.#counters);
    const thresholds = binThresholds(sample.subarray(0, size), this.#maxBins);
    const hasMissing = size < sample.length;
    if (size === 0 || (thresholds.length === 0 && !hasMissing)) return null;
    return { kind: 'numeric', column, thresholds, realBins: thresholds.length + 1 };
  }
}

function categorical(
  column: number,
  { values, levelCount }: CategoricalFeature,
  maxBins: number,
): BinnedCategorical | null {
  const counts = new Int32Array(levelCount);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) counts[values[i]]++;
  }
  const present = Array.from(counts.keys()).filter((code) => counts[code] > 0);
  present.sort((a, b) => counts[b] - counts[a] || a - b);
  const isConstant = present.length === 0 || counts[present[0]] === values.length;
  if (isConstant) return null;
  const codes = Int32Array.from(present.slice(0, maxBins));
  return { kind: 'categorical', column, codes, realBins: codes.length };
}
