// One column as bins of a byte: equal values share a bin; where there are more distinct values than
// bins, neighbours do. Owns what a bin stands for; a split between two bins is read back from it.

/** Bins 0 to 254 hold values, 255 holds what is missing. */
export const missingBin = 255;
export const maxValueBins = 255;

export interface NumericBins {
  readonly kind: 'numeric';
  /** Smallest and largest value (float32) of each bin, ascending. */
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Bin numbers are levels in the order of the target, so that a split is a prefix of them. */
export interface CategoricalBins {
  readonly kind: 'categorical';
  /** The codes of each bin; the bin of `restBin` holds all levels beyond the most frequent. */
  readonly codesOf: readonly (readonly number[])[];
  /** The bin that levels without a place share, or -1. */
  readonly restBin: number;
}

export type ColumnBins = NumericBins | CategoricalBins;

/** Bins the column into `codes` (one a row) by its values rounded to float32; NaN is missing. */
export function binNumbers(values: Float64Array, codes: Uint8Array): NumericBins {
  const sorted = Float32Array.from(values).sort();
  // Typed arrays sort NaN to the end.
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count--;
  const ends = binEnds(sorted.subarray(0, count));
  const low = Float32Array.from(ends, (_, b) => sorted[b === 0 ? 0 : ends[b - 1]]);
  const high = Float32Array.from(ends, (end) => sorted[end - 1]);
  for (let i = 0; i < codes.length; i++) {
    const value = Math.fround(values[i]);
    codes[i] = Number.isNaN(value) ? missingBin : firstNotBelow(high, value);
  }
  return { kind: 'numeric', low, high };
}

/** Where each bin ends in the sorted values: after every distinct one, or after equal shares. */
function binEnds(sorted: Float32Array): number[] {
  const distinctEnds: number[] = [];
  for (let i = 1; i <= sorted.length; i++) {
    if (i === sorted.length || sorted[i] !== sorted[i - 1]) distinctEnds.push(i);
  }
  if (distinctEnds.length <= maxValueBins) return distinctEnds;
  const ends: number[] = [];
  let from = 0;
  for (let d = 0; d < distinctEnds.length; d++) {
    const binsLeft = maxValueBins - ends.length;
    const distinctLeft = distinctEnds.length - d;
    // A frequent value fills a bin alone, and what remains is shared out anew after it.
    const full = distinctEnds[d] - from >= (sorted.length - from) / binsLeft;
    if (full || distinctLeft <= binsLeft) {
      ends.push(distinctEnds[d]);
      from = distinctEnds[d];
    }
  }
  return ends;
}

/** The first index whose value is not below `value`; `ascending` has one. */
function firstNotBelow(ascending: Float32Array, value: number): number {
  let from = 0;
  let to = ascending.length - 1;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ascending[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
