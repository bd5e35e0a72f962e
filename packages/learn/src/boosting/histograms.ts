// Builds leaves' histograms and hands out the memory that they lie in. A child's histogram is its
// parent's less its sibling's, so only the smaller child's rows are read.

import type { Crew } from './crew.ts';
import type { FitLayout } from './layout.ts';
import type { LeafRows } from './leaf-rows.ts';

/** From this share of the features on, summing all of them is the faster way. */
const denseShare = 0.75;

export class Histograms {
  readonly #layout: FitLayout;
  readonly #crew: Crew;
  readonly #leafRows: LeafRows;
  readonly #free: number[];
  #chosenCount: number;

  constructor(layout: FitLayout, crew: Crew, leafRows: LeafRows) {
    this.#layout = layout;
    this.#crew = crew;
    this.#leafRows = leafRows;
    this.#free = [...layout.histograms];
    this.#chosenCount = layout.shape.features.length;
  }

  /** Takes all histograms back and restricts the next ones to some features, by position. */
  begin(features: readonly number[]): void {
    this.#free.length = 0;
    this.#free.push(...this.#layout.histograms);
    this.#chosenCount = features.length;
    this.#layout.chosenFeatures.set(features);
  }

  /** Whether one is left besides the two that a split needs for its children. */
  get canKeep(): boolean {
    return this.#free.length > 2;
  }

  take(): number {
    const address = this.#free.pop();
    if (address === undefined) throw new Error('more histograms at once than there is room for');
    return address;
  }

  giveBack(address: number): void {
    this.#free.push(address);
  }

  /** Sums up the rows of a leaf; `isWhole` where they are all rows, which then go without a list. */
  build(leaf: number, histogram: number, isWhole = false): void {
    const { rowStride, packed, offsets, tables, entryCount, shardHistograms } = this.#layout;
    const { features } = this.#layout.shape;
    const isDense = this.#chosenCount >= denseShare * features.length;
    const chosen = isDense ? [] : [this.#layout.chosenFeatures.byteOffset, this.#chosenCount];
    this.#crew.run(isDense ? 'buildHistogram' : 'buildHistogramOf', (shard) => {
      // Without a list, rows count from the shard's first: its own row number is in its list's place.
      const first = isWhole ? this.#firstRow(shard) : 0;
      return [
        this.#layout.rows + first * rowStride,
        rowStride,
        packed + 8 * first,
        isWhole ? 0 : this.#leafRows.start(shard, leaf),
        this.#leafRows.count(shard, leaf),
        offsets.byteOffset,
        tables[shard],
        shard === 0 ? histogram : shardHistograms[shard - 1],
        entryCount,
        ...chosen,
      ];
    });
    for (const part of shardHistograms.slice(0, this.#crew.size - 1)) {
      this.#addUp(histogram, part);
    }
  }

  /** larger = parent - smaller, in the parent's place. */
  subtract(parent: number, smaller: number): void {
    const { entryCount } = this.#layout;
    this.#crew.runOnce('subtractPacked', [parent, parent, smaller, entryCount]);
  }

  #addUp(into: number, part: number): void {
    this.#crew.runOnce('addPacked', [into, part, this.#layout.entryCount]);
  }

  #firstRow(shard: number): number {
    const { leafRows } = this.#layout;
    return (this.#leafRows.addressOf(shard) - leafRows.byteOffset) / 4;
  }
}
