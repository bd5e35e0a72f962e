// Splits by the weights of classes: gini of more than two classes, and entropy. A split is scored by
// the sum over both children of Σ L_k²/W (gini) or Σ L_k ln(L_k / W) (entropy), which grows as the
// weighted impurity falls. Only the classes that a node has are looked at.

import { BestSplit, BinSet } from './best-split.ts';
import { missingBin } from './column-bins.ts';
import type { ForestData, ForestSettings } from './forest-data.ts';
import type { VisitedNode } from './node-splitter.ts';
import { stableLog } from './stable-log.ts';
import type { TargetStatistics } from './target-statistics.ts';

export class ClassStatistics implements TargetStatistics {
  readonly best = new BestSplit();
  readonly #data: ForestData;
  readonly #minSamplesLeaf: number;
  readonly #entropy: boolean;
  readonly #histogram: Float64Array;
  readonly #counts = new Float64Array(missingBin + 1);
  readonly #touched = new BinSet();
  readonly #localOf: Int32Array;
  readonly #total: Float64Array;
  readonly #left: Float64Array;
  readonly #missing: Float64Array;
  #weights: Float64Array = new Float64Array(0);
  #localCount = 0;
  #weight = 0;
  #count = 0;
  #missingCount = 0;

  constructor(data: ForestData, settings: ForestSettings) {
    const { classCount } = data;
    this.#data = data;
    this.#minSamplesLeaf = settings.minSamplesLeaf;
    this.#entropy = settings.criterion === 'entropy';
    this.#histogram = new Float64Array((missingBin + 1) * classCount);
    this.#localOf = new Int32Array(classCount);
    this.#total = new Float64Array(classCount);
    this.#left = new Float64Array(classCount);
    this.#missing = new Float64Array(classCount);
  }

  begin(weights: Float64Array): void {
    this.#weights = weights;
  }

  enter(rows: Uint32Array, start: number, end: number, node: VisitedNode): boolean {
    const { target } = this.#data;
    this.#localOf.fill(-1);
    this.#localCount = 0;
    this.#weight = 0;
    for (let k = start; k < end; k++) {
      const row = rows[k];
      const code = target[row];
      if (this.#localOf[code] < 0) {
        this.#localOf[code] = this.#localCount;
        this.#total[this.#localCount++] = 0;
      }
      this.#total[this.#localOf[code]] += this.#weights[row];
      this.#weight += this.#weights[row];
    }
    this.#count = end - start;
    this.best.clear();
    this.#describe(node);
    return this.#localCount > 1;
  }

  gain(): number {
    return this.best.score - this.#scoreOf(this.#total, this.#weight);
  }

  tryAll(rows: Uint32Array, start: number, end: number, column: number): void {
    this.#fill(rows, start, end, column);
    this.#missingCount = this.#take(missingBin, this.#missing.fill(0, 0, this.#localCount));
    this.#touched.delete(missingBin);
    const left = this.#left.fill(0, 0, this.#localCount);
    let count = 0;
    let previous = -1;
    for (let bin = this.#touched.shift(); bin >= 0; bin = this.#touched.shift()) {
      if (previous >= 0) this.#consider(column, previous, bin, count);
      count += this.#take(bin, left);
      previous = bin;
    }
    if (this.#missingCount > 0 && previous >= 0) {
      this.#consider(column, previous, missingBin, count);
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
    const { bins, rowCount, target } = this.#data;
    const base = column * rowCount;
    const left = this.#left.fill(0, 0, this.#localCount);
    const missing = this.#missing.fill(0, 0, this.#localCount);
    let count = 0;
    this.#missingCount = 0;
    for (let k = start; k < end; k++) {
      const row = rows[k];
      const at = bins[base + row];
      const local = this.#localOf[target[row]];
      if (at === missingBin) {
        missing[local] += this.#weights[row];
        this.#missingCount++;
      } else if (at <= bin) {
        left[local] += this.#weights[row];
        count++;
      }
    }
    this.#consider(column, bin, nextBin, count);
  }

  #describe(node: VisitedNode): void {
    const { outputCount } = this.#data;
    node.weight = this.#weight;
    for (let k = 0; k < outputCount; k++) {
      // One output stands for the second of two classes.
      const local = this.#localOf[outputCount === 1 ? 1 : k];
      node.values[k] = local < 0 ? 0 : this.#total[local] / this.#weight;
    }
  }

  #fill(rows: Uint32Array, start: number, end: number, column: number): void {
    const { bins, rowCount, target } = this.#data;
    const width = this.#localCount;
    const base = column * rowCount;
    for (let k = start; k < end; k++) {
      const row = rows[k];
      const bin = bins[base + row];
      this.#histogram[bin * width + this.#localOf[target[row]]] += this.#weights[row];
      this.#counts[bin]++;
      this.#touched.add(bin);
    }
  }

  /** Moves a bin's weights out of the histogram into `sums`; returns its number of rows. */
  #take(bin: number, sums: Float64Array): number {
    const width = this.#localCount;
    const base = bin * width;
    for (let k = 0; k < width; k++) {
      sums[k] += this.#histogram[base + k];
      this.#histogram[base + k] = 0;
    }
    const count = this.#counts[bin];
    this.#counts[bin] = 0;
    return count;
  }

  #consider(column: number, bin: number, nextBin: number, count: number): void {
    const missing = this.#missingCount;
    const byDefault = missing === 0 && 2 * count >= this.#count;
    this.#offer(column, bin, nextBin, count, byDefault, 0);
    if (missing === 0 || nextBin === missingBin) return;
    this.#offer(column, bin, nextBin, count + missing, true, 1);
  }

  /** @param share how much of the missing rows goes left: 0 or 1. */
  #offer(
    column: number,
    bin: number,
    nextBin: number,
    count: number,
    missingLeft: boolean,
    share: number,
  ): void {
    if (count < this.#minSamplesLeaf || this.#count - count < this.#minSamplesLeaf) return;
    let weight = 0;
    for (let k = 0; k < this.#localCount; k++) weight += this.#left[k] + share * this.#missing[k];
    const restWeight = this.#weight - weight;
    if (!(weight > 0 && restWeight > 0)) return;
    const score = this.#entropy
      ? this.#entropyOf(weight, restWeight, share)
      : this.#giniOf(weight, restWeight, share);
    this.best.offer(score, column, bin, nextBin, missingLeft);
  }

  #giniOf(weight: number, restWeight: number, share: number): number {
    let squares = 0;
    let restSquares = 0;
    for (let k = 0; k < this.#localCount; k++) {
      const value = this.#left[k] + share * this.#missing[k];
      const rest = this.#total[k] - value;
      squares += value * value;
      restSquares += rest * rest;
    }
    return squares / weight + restSquares / restWeight;
  }

  #entropyOf(weight: number, restWeight: number, share: number): number {
    let sum = 0;
    for (let k = 0; k < this.#localCount; k++) {
      const value = this.#left[k] + share * this.#missing[k];
      const rest = this.#total[k] - value;
      if (value > 0) sum += value * stableLog(value / weight);
      if (rest > 0) sum += rest * stableLog(rest / restWeight);
    }
    return sum;
  }

  #scoreOf(sums: Float64Array, weight: number): number {
    let score = 0;
    for (let k = 0; k < this.#localCount; k++) {
      const value = sums[k];
      if (!this.#entropy) score += (value * value) / weight;
      else if (value > 0) score += value * stableLog(value / weight);
    }
    return score;
  }
}
