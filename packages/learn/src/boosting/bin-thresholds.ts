// Where the values of a numeric column are cut into bins. x is in bin i when t[i-1] < x ≤ t[i], all as
// float32. Which bin a row is in is bin-mapper's.

/** Fewer values than this do not make a bin of their own where they can be joined to others. */
const leastInBin = 3;

/**
 * Thresholds, ascending, one less than there are bins: at most `maxBins - 1`, each between two values
 * that occur. Bins hold about as many values each; a value that is frequent gets a bin of its own.
 * (The greedy rule is LightGBM's.)
 * @param sorted values of the column, ascending, without NaN; any number of them.
 */
export function binThresholds(sorted: Float32Array, maxBins: number): Float32Array {
  const { values, counts } = distinct(sorted);
  const thresholds: number[] = [];
  const fill = new BinFill(counts, sorted.length, maxBins);
  for (let i = 0; i + 1 < values.length && thresholds.length < maxBins - 1; i++) {
    if (fill.isFullAfter(i)) thresholds.push(between(values[i], values[i + 1]));
  }
  return Float32Array.from(thresholds);
}

/** Decides after which of the ascending distinct values a bin ends. */
class BinFill {
  readonly #counts: Int32Array;
  readonly #frequent: number;
  readonly #fewEnough: boolean;
  #restTotal: number;
  #restBins: number;
  #target: number;
  #filled = 0;

  constructor(counts: Int32Array, total: number, maxBins: number) {
    this.#counts = counts;
    this.#fewEnough = counts.length <= maxBins;
    this.#frequent = total / maxBins;
    const frequentCounts = counts.filter((count) => count >= this.#frequent);
    this.#restTotal = total - frequentCounts.reduce((sum, count) => sum + count, 0);
    this.#restBins = maxBins - frequentCounts.length;
    this.#target = this.#restTotal / Math.max(1, this.#restBins);
  }

  isFullAfter(i: number): boolean {
    const count = this.#counts[i];
    this.#filled += count;
    if (this.#fewEnough) return this.#endsIf(this.#filled >= leastInBin);
    const isFrequent = count >= this.#frequent;
    if (!isFrequent) this.#restTotal -= count;
    const nextIsFrequent = this.#counts[i + 1] >= this.#frequent;
    const isFull =
      isFrequent ||
      this.#filled >= this.#target ||
      (nextIsFrequent && this.#filled >= Math.max(1, this.#target / 2));
    if (isFull && !isFrequent) {
      this.#restBins--;
      this.#target = this.#restTotal / Math.max(1, this.#restBins);
    }
    return this.#endsIf(isFull);
  }

  #endsIf(isFull: boolean): boolean {
    if (isFull) this.#filled = 0;
    return isFull;
  }
}

function distinct(sorted: Float32Array): {
  readonly values: Float32Array;
  readonly counts: Int32Array;
} {
  const values = new Float32Array(sorted.length);
  const counts = new Int32Array(sorted.length);
  let last = -1;
  for (let i = 0; i < sorted.length; i++) {
    if (last < 0 || sorted[i] !== values[last]) values[++last] = sorted[i];
    counts[last]++;
  }
  return { values: values.subarray(0, last + 1), counts: counts.subarray(0, last + 1) };
}

/** A float32 t with a ≤ t < b, near the middle. */
function between(a: number, b: number): number {
  const middle = Math.fround(a / 2 + b / 2);
  return middle >= a && middle < b ? middle : a;
}
