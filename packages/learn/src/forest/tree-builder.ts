// Collects the nodes of a tree that is being grown, and turns splits between bins into splits of
// values. Reused from tree to tree; what it gives out is a copy.

import type { Tree } from '../tree/tree.ts';
import { type CategoricalBins, missingBin, type NumericBins } from './column-bins.ts';
import type { ForestData } from './forest-data.ts';
import type { VisitedNode } from './node-splitter.ts';

const largestFloat32 = 3.4028234663852886e38;

export class TreeBuilder {
  readonly #data: ForestData;
  #capacity = 64;
  #count = 0;
  #sets: number[] = [];
  #feature = new Int32Array(this.#capacity);
  #threshold = new Float32Array(this.#capacity);
  #left = new Int32Array(this.#capacity);
  #right = new Int32Array(this.#capacity);
  #missingLeft = new Uint8Array(this.#capacity);
  #categoryStart = new Int32Array(this.#capacity);
  #categoryWords = new Int32Array(this.#capacity);
  #value: Float32Array;
  #cover = new Float32Array(this.#capacity);
  #gain = new Float32Array(this.#capacity);

  constructor(data: ForestData) {
    this.#data = data;
    this.#value = new Float32Array(this.#capacity * data.outputCount);
  }

  begin(): void {
    this.#count = 0;
    this.#sets = [];
  }

  /** Adds a leaf, and returns its number. */
  add({ weight, values }: VisitedNode): number {
    if (this.#count === this.#capacity) this.#grow();
    const node = this.#count++;
    const { outputCount, scale } = this.#data;
    this.#feature[node] = -1;
    this.#threshold[node] = 0;
    this.#left[node] = 0;
    this.#right[node] = 0;
    this.#missingLeft[node] = 0;
    this.#categoryStart[node] = -1;
    this.#categoryWords[node] = 0;
    this.#cover[node] = weight;
    this.#gain[node] = 0;
    for (let k = 0; k < outputCount; k++) this.#value[node * outputCount + k] = values[k] * scale;
    return node;
  }

  /**
   * Makes the leaf `node` split as found. Returns true where the rows that the search put left are
   * to be the right child's: a set of categories never holds those that share a bin.
   */
  split(node: number, found: VisitedNode): boolean {
    const bins = this.#data.columns[found.column];
    this.#feature[node] = found.column;
    this.#gain[node] = Math.min(largestFloat32, Math.max(0, found.gain));
    const turned = bins.kind === 'categorical' && inLeft(bins.restBin, found);
    this.#missingLeft[node] = found.missingLeft === turned ? 0 : 1;
    if (bins.kind === 'numeric') this.#threshold[node] = thresholdOf(bins, found);
    else this.#addSet(node, bins, found, turned);
    return turned;
  }

  link(parent: number, isLeft: boolean, child: number): void {
    if (isLeft) this.#left[parent] = child;
    else this.#right[parent] = child;
  }

  finish(): Tree {
    const count = this.#count;
    const { outputCount } = this.#data;
    return {
      feature: this.#feature.slice(0, count),
      threshold: this.#threshold.slice(0, count),
      left: this.#left.slice(0, count),
      right: this.#right.slice(0, count),
      missingLeft: this.#missingLeft.slice(0, count),
      categoryStart: this.#categoryStart.slice(0, count),
      categoryWords: this.#categoryWords.slice(0, count),
      categorySets: Uint32Array.from(this.#sets),
      value: this.#value.slice(0, count * outputCount),
      valueCount: outputCount,
      cover: this.#cover.slice(0, count),
      gain: this.#gain.slice(0, count),
    };
  }

  #addSet(node: number, bins: CategoricalBins, found: VisitedNode, turned: boolean): void {
    const codes = bins.codesOf.flatMap((codesOfBin, bin) =>
      inLeft(bin, found) === turned ? [] : codesOfBin,
    );
    const words = new Array<number>(codes.length === 0 ? 0 : (Math.max(...codes) >>> 5) + 1).fill(
      0,
    );
    for (const code of codes) words[code >>> 5] = (words[code >>> 5] | (1 << (code & 31))) >>> 0;
    this.#categoryStart[node] = this.#sets.length;
    this.#categoryWords[node] = words.length;
    for (const word of words) this.#sets.push(word);
  }

  #grow(): void {
    this.#capacity *= 2;
    const grown = <Values extends { set(from: Values): void }>(
      from: Values,
      to: Values,
    ): Values => {
      to.set(from);
      return to;
    };
    const capacity = this.#capacity;
    this.#feature = grown(this.#feature, new Int32Array(capacity));
    this.#threshold = grown(this.#threshold, new Float32Array(capacity));
    this.#left = grown(this.#left, new Int32Array(capacity));
    this.#right = grown(this.#right, new Int32Array(capacity));
    this.#missingLeft = grown(this.#missingLeft, new Uint8Array(capacity));
    this.#categoryStart = grown(this.#categoryStart, new Int32Array(capacity));
    this.#categoryWords = grown(this.#categoryWords, new Int32Array(capacity));
    this.#value = grown(this.#value, new Float32Array(capacity * this.#data.outputCount));
    this.#cover = grown(this.#cover, new Float32Array(capacity));
    this.#gain = grown(this.#gain, new Float32Array(capacity));
  }
}

function inLeft(bin: number, found: VisitedNode): boolean {
  return bin >= 0 && bin <= found.bin;
}

/** A float32 that is not below the left bins' values, and below the right ones'. */
function thresholdOf({ low, high }: NumericBins, { bin, nextBin, cut }: VisitedNode): number {
  if (nextBin === missingBin) return Number.POSITIVE_INFINITY;
  const least = high[bin];
  const threshold = Math.fround(Number.isNaN(cut) ? (least + low[nextBin]) / 2 : cut);
  return threshold >= least && threshold < low[nextBin] ? threshold : least;
}
