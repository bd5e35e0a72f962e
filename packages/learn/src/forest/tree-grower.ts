// Grows one tree of a forest: a pure function of the forest's data and the tree's number. The search
// for splits stands behind NodeSplitter; what splits mean is the builder's.

import type { Tree } from '../tree/tree.ts';
import type { ForestData, ForestSettings } from './forest-data.ts';
import { ForestRandom, treeSeed } from './forest-random.ts';
import type { NodeSplitter } from './node-splitter.ts';
import { TreeBuilder } from './tree-builder.ts';
import { WaitingBranches } from './waiting-branches.ts';

export class TreeGrower {
  readonly #data: ForestData;
  readonly #settings: ForestSettings;
  readonly #splitter: NodeSplitter;
  readonly #builder: TreeBuilder;
  readonly #bag: Float64Array;
  readonly #waiting = new WaitingBranches();

  constructor(data: ForestData, settings: ForestSettings, splitter: NodeSplitter) {
    this.#data = data;
    this.#settings = settings;
    this.#splitter = splitter;
    this.#builder = new TreeBuilder(data);
    this.#bag = new Float64Array(data.rowCount);
  }

  grow(index: number): Tree {
    const seed = treeSeed(this.#settings.seed, index);
    fillBag(this.#data, this.#settings, seed, this.#bag);
    const count = this.#splitter.begin(this.#bag, seed);
    this.#builder.begin();
    this.#growBranches(count);
    return this.#builder.finish();
  }

  /** Depth first, left before right, so that children come after their parents. */
  #growBranches(count: number): void {
    const { node } = this.#splitter;
    const waiting = this.#waiting;
    waiting.push(0, count, 0, -1, false);
    while (waiting.pop()) {
      const { start, end, depth, parent, isLeft } = waiting;
      this.#splitter.visit(start, end, this.#maySplit(end - start, depth));
      const added = this.#builder.add(node);
      if (parent >= 0) this.#builder.link(parent, isLeft, added);
      if (node.column < 0) continue;
      // What is pushed last comes first. Where the sides are turned, the front rows go right.
      const turned = this.#builder.split(added, node);
      if (turned) waiting.push(start, node.middle, depth + 1, added, false);
      waiting.push(node.middle, end, depth + 1, added, turned);
      if (!turned) waiting.push(start, node.middle, depth + 1, added, true);
    }
  }

  #maySplit(count: number, depth: number): boolean {
    const { maxDepth, minSamplesSplit, minSamplesLeaf } = this.#settings;
    if (maxDepth !== null && depth >= maxDepth) return false;
    return count >= Math.max(minSamplesSplit, 2 * minSamplesLeaf);
  }
}

/**
 * The weight of each row in the tree with `seed`: its sample weight times how often it was drawn.
 * Rows without weight are never drawn, so that a bag cannot be empty.
 */
export function fillBag(
  { rowCount, weights }: ForestData,
  { bootstrap, bagSize }: ForestSettings,
  seed: number,
  bag: Float64Array,
): void {
  if (!bootstrap) {
    for (let i = 0; i < rowCount; i++) bag[i] = weights === null ? 1 : weights[i];
    return;
  }
  bag.fill(0);
  const drawable = weights === null ? null : rowsWithWeight(weights);
  // Another stream than the one that draws columns, or the two would go hand in hand.
  const random = new ForestRandom(~seed);
  const count = drawable === null ? rowCount : drawable.length;
  for (let draw = 0; draw < bagSize; draw++) {
    const place = random.below(count);
    bag[drawable === null ? place : drawable[place]]++;
  }
  if (weights !== null) for (let i = 0; i < rowCount; i++) bag[i] *= weights[i];
}

function rowsWithWeight(weights: Float64Array): Uint32Array {
  const rows: number[] = [];
  for (let i = 0; i < weights.length; i++) if (weights[i] > 0) rows.push(i);
  return Uint32Array.from(rows);
}
