// Splits by the sums of a number: squared error in regression, and gini of two classes, which is the
// same but for a factor of two. A split is scored by S_l²/W_l + S_r²/W_r, which is as good as the
// decrease of the squared error, because the sum of squares stays.

import { BestSplit, BinSet } from './best-split.ts';
import { missingBin } from './column-bins.ts';
import type { ForestData, ForestSettings } from './forest-data.ts';
import type { VisitedNode } from './node-splitter.ts';
import type { TargetStatistics } from './target-statistics.ts';

// Of each bin: sum of weights, sum of weighted targets, number of rows, and a pad to a power of two.
const stride = 4;

export class MomentStatistics implements TargetStatistics {
  readonly best = new BestSplit();
  readonly #data: ForestData;
  readonly #minSamplesLeaf: number;
  readonly #histogram = new Float64Array((missingBin + 1) * stride);
  readonly #touched = new BinSet();
  #weights: Float64Array = new Float64Array(0);
  #weighted: Float64Array;
  #weight = 0;
  #sum = 0;
  #count = 0;
  #missingWeight = 0;
  #missingSum = 0;
  #missingCount = 0;

  constructor(data: ForestData, settings: ForestSettings) {
    this.#data = data;
    this.#minSamplesLeaf = settings.minSamplesLeaf;
    this.#weighted = new Float64Array(data.rowCount);
  }

  begin(weights: Float64Array): void {
    const { target } = this.#data;
    this.#weights = weights;
    for (let i = 0; i < target.length; i++) this.#weighted[i] = weights[i] * target[i];
  }

  enter(rows: Uint32Array, start: number, end: number, node: VisitedNode): boolean {
    const { target } = this.#data;
    let weight = 0;
    let sum = 0;
    let least = target[rows[start]];
    let most = least;
    for (let k = start; k < end; k++) {
      const row = rows[k];
      weight += this.#weights[row];
      sum += this.#weighted[row];
      if (target[row] < least) least = target[row];
      if (target[row] > most) most = target[row];
    }
    this.#weight = weight;
    this.#sum = sum;
    this.#count = end - start;
    this.best.clear();
    node.weight = weight;
    node.values[0] = least === most ? least : sum / weight;
    return least !== most;
  }

  gain(): number {
    return this.best.score - (this.#sum * this.#sum) / this.#weight;
  }

  tryAll(rows: Uint32Array, start: number, end: number, column: number): void {
    this.#fill(rows, start, end, column);
    this.#takeMissing();
    const histogram = this.#histogram;
    let weight = 0;
    let sum = 0;
    let count = 0;
    let previous = -1;
    for (let bin = this.#touched.shift(); bin >= 0; bin = this.#touched.shift()) {
      if (previous >= 0) this.#consider(column, previous, bin, weight, sum, count);
      const at = bin * stride;
      weight += histogram[at];
      sum += histogram[at + 1];
      count += histogram[at + 2];
      histogram.fill(0, at, at + stride);
      previous = bin;
    }
    if (this.#missingCount > 0 && previous >= 0) {
      this.#consider(column, previous, missingBin, weight, sum, count);
    }
  }

  tryBin(
    rows: Uint32Array,
    start: number,
    end: number,
    column: number,
    bin: number,
    nextBin: number,
  ): void {
    const { bins, rowCount } = this.#data;
    const base = column * rowCount;
    let weight = 0;
    let sum = 0;
    let count = 0;
    this.#missingWeight = 0;
    this.#missingSum = 0;
    this.#missingCount = 0;
    for (let k = start; k < end; k++) {
      const row = rows[k];
      const at = bins[base + row];
      if (at === missingBin) {
        this.#missingWeight += this.#weights[row];
        this.#missingSum += this.#weighted[row];
        this.#missingCount++;
      } else if (at <= bin) {
        weight += this.#weights[row];
        sum += this.#weighted[row];
        count++;
      }
    }
    this.#consider(column, bin, nextBin, weight, sum, count);
  }

  #fill(rows: Uint32Array, start: number, end: number, column: number): void {
    const { bins, rowCount } = this.#data;
    const histogram = this.#histogram;
    const base = column * rowCount;
    for (let k = start; k < end; k++) {
      const row = rows[k];
      const bin = bins[base + row];
      const at = bin * stride;
      histogram[at] += this.#weights[row];
      histogram[at + 1] += this.#weighted[row];
      histogram[at + 2]++;
      this.#touched.add(bin);
    }
  }

  /** Takes the missing rows' sums out of the histogram. */
  #takeMissing(): void {
    const at = missingBin * stride;
    this.#missingWeight = this.#histogram[at];
    this.#missingSum = this.#histogram[at + 1];
    this.#missingCount = this.#histogram[at + 2];
    this.#histogram.fill(0, at, at + stride);
    this.#touched.delete(missingBin);
  }

  /** Offers the split with the given sums on the left, with missing rows on either side. */
  #consider(
    column: number,
    bin: number,
    nextBin: number,
    weight: number,
    sum: number,
    count: number,
  ): void {
    const missing = this.#missingCount;
    // Where the node has no missing row, missing values will follow the larger child.
    const byDefault = missing === 0 && 2 * count >= this.#count;
    this.#offer(column, bin, nextBin, weight, sum, count, byDefault);
    if (missing === 0 || nextBin === missingBin) return;
    const all = weight + this.#missingWeight;
    this.#offer(column, bin, nextBin, all, sum + this.#missingSum, count + missing, true);
  }

  #offer(
    column: number,
    bin: number,
    nextBin: number,
    weight: number,
    sum: number,
    count: number,
    missingLeft: boolean,
  ): void {
    if (count < this.#minSamplesLeaf || this.#count - count < this.#minSamplesLeaf) return;
    const restWeight = this.#weight - weight;
    const rest = this.#sum - sum;
    // Weights of very different size may leave nothing of the smaller side.
    if (!(weight > 0 && restWeight > 0)) return;
    const score = (sum * sum) / weight + (rest * rest) / restWeight;
    this.best.offer(score, column, bin, nextBin, missingLeft);
  }
}
