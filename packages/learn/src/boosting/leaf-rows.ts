// Which rows are in which leaf: row numbers leaf by leaf, ascending within each, shard by shard. Used
// twice, for the rows that trees are grown on and for those that only follow (validation, out of bag).

import type { KernelMemory } from '../kernels/kernel-memory.ts';
import type { Crew } from './crew.ts';

export interface LeafRowsPlace {
  /** Row numbers; a shard's part begins at `firsts[shard]`. */
  readonly rows: Uint32Array;
  /** Address of as much room. */
  readonly spare: number;
  /** Index into `rows` of each shard. */
  readonly firsts: readonly number[];
  readonly leafCount: number;
}

export class LeafRows {
  readonly #crew: Crew;
  readonly #place: LeafRowsPlace;
  // Address and number of rows of each leaf, a shard: as the kernel of scores reads them.
  readonly #segments: readonly Uint32Array[];

  constructor(memory: KernelMemory, crew: Crew, place: LeafRowsPlace) {
    this.#crew = crew;
    this.#place = place;
    this.#segments = place.firsts.map(() => memory.uint32(2 * place.leafCount));
  }

  /** All rows into leaf 0: `counts` of each shard, which lie there already. */
  reset(counts: readonly number[]): void {
    this.#segments.forEach((segments, shard) => {
      segments.fill(0);
      segments[0] = this.addressOf(shard);
      segments[1] = counts[shard];
    });
  }

  addressOf(shard: number): number {
    return this.#place.rows.byteOffset + 4 * this.#place.firsts[shard];
  }

  start(shard: number, leaf: number): number {
    return this.#segments[shard][2 * leaf];
  }

  count(shard: number, leaf: number): number {
    return this.#segments[shard][2 * leaf + 1];
  }

  total(leaf: number): number {
    return this.#segments.reduce((sum, segments) => sum + segments[2 * leaf + 1], 0);
  }

  /** The rows of `leaf` that do not go left, by `routes` and the column of bins, into leaf `right`. */
  split(leaf: number, right: number, column: number, routes: number): void {
    const { rows, spare } = this.#place;
    const lefts = this.#crew.run('partitionRows', (shard) => {
      const start = this.start(shard, leaf);
      const room = spare + (start - rows.byteOffset);
      return [column, start, this.count(shard, leaf), routes, room];
    });
    this.#segments.forEach((segments, shard) => {
      const start = segments[2 * leaf];
      const count = segments[2 * leaf + 1];
      segments[2 * leaf + 1] = lefts[shard];
      segments[2 * right] = start + 4 * lefts[shard];
      segments[2 * right + 1] = count - lefts[shard];
    });
  }

  /** Adds each leaf's value to the scores of its rows. */
  addValues(scores: number, values: number, leafCount: number): void {
    this.#crew.run('addLeafValues', (shard) => [
      scores,
      this.#segments[shard].byteOffset,
      values,
      leafCount,
    ]);
  }

  /** The row numbers of a leaf, ascending. */
  of(leaf: number): Uint32Array {
    const { rows } = this.#place;
    const all = new Uint32Array(this.total(leaf));
    let next = 0;
    this.#segments.forEach((_, shard) => {
      const first = (this.start(shard, leaf) - rows.byteOffset) / 4;
      all.set(rows.subarray(first, first + this.count(shard, leaf)), next);
      next += this.count(shard, leaf);
    });
    return all;
  }
}
