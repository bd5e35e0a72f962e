// Collects a growing tree's nodes and lays them into the arrays of a Tree.

import type { Tree } from '../tree/tree.ts';
import type { BinnedFeature } from './binned-features.ts';
import type { Split } from './split.ts';

/** Above every float32 that is a number: "whatever has a value goes left". */
const greatestFloat = 3.4028234663852886e38;
/** Threshold before which a node counts as a leaf. */
const leaf = -1;

interface Node {
  feature: number;
  threshold: number;
  left: number;
  right: number;
  missingLeft: boolean;
  categories: Uint32Array | null;
  value: number;
  cover: number;
  gain: number;
}

export class TreeBuilder {
  readonly #nodes: Node[] = [];

  /** A new leaf; returns its node. */
  add(cover: number): number {
    const place = { feature: leaf, threshold: 0, left: leaf, right: leaf };
    const rest = { missingLeft: false, categories: null, value: 0, cover, gain: 0 };
    return this.#nodes.push({ ...place, ...rest }) - 1;
  }

  /** Makes a leaf an inner node over two others, which were added after it. */
  split(
    node: number,
    children: readonly [number, number],
    feature: BinnedFeature,
    split: Split,
    gain: number,
  ): void {
    const isNumeric = feature.kind === 'numeric';
    Object.assign(this.#nodes[node], {
      feature: feature.column,
      left: children[0],
      right: children[1],
      missingLeft: split.missingLeft,
      gain,
      threshold: isNumeric ? (feature.thresholds[split.bin] ?? greatestFloat) : 0,
      categories: isNumeric ? null : categorySet(split.leftBins.map((bin) => feature.codes[bin])),
    });
  }

  setValue(node: number, value: number): void {
    this.#nodes[node].value = value;
  }

  build(): Tree {
    const nodes = this.#nodes;
    const sets = nodes.map(({ categories }) => categories ?? new Uint32Array(0));
    const categorySets = new Uint32Array(sets.reduce((sum, { length }) => sum + length, 0));
    const categoryStart = new Int32Array(nodes.length).fill(-1);
    let next = 0;
    nodes.forEach(({ categories }, i) => {
      if (categories === null) return;
      categorySets.set(categories, next);
      categoryStart[i] = next;
      next += categories.length;
    });
    return {
      feature: Int32Array.from(nodes, (node) => node.feature),
      threshold: Float32Array.from(nodes, (node) => node.threshold),
      left: Int32Array.from(nodes, (node) => node.left),
      right: Int32Array.from(nodes, (node) => node.right),
      missingLeft: Uint8Array.from(nodes, (node) => (node.missingLeft ? 1 : 0)),
      categoryStart,
      categoryWords: Int32Array.from(sets, ({ length }) => length),
      categorySets,
      value: Float32Array.from(nodes, (node) => node.value),
      valueCount: 1,
      cover: Float32Array.from(nodes, (node) => node.cover),
      gain: Float32Array.from(nodes, (node) => node.gain),
    };
  }
}

/** A tree that adds nothing. */
export function unsplitTree(): Tree {
  const builder = new TreeBuilder();
  builder.add(0);
  return builder.build();
}

function categorySet(codes: readonly number[]): Uint32Array {
  const highest = codes.reduce((most, code) => Math.max(most, code), 0);
  const words = new Uint32Array(Math.floor(highest / 32) + 1);
  for (const code of codes) words[Math.floor(code / 32)] |= 1 << (code % 32);
  return words;
}
