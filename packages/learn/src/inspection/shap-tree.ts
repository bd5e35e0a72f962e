// One tree as TreeSHAP goes through it. Both children of every node are visited: the one that the row
// takes, and the one that it would take if the column were unknown, by the share of training rows.

import { goesLeft } from '../tree/route.ts';
import type { Tree } from '../tree/tree.ts';
import { ShapPath } from './shap-path.ts';

export class ShapTree {
  readonly #tree: Tree;
  readonly #outputCount: number;
  /** Where a single value goes; 0 where a leaf has one value an output. */
  readonly #output: number;
  /** Share of each node's rows that go left. */
  readonly #leftShare: Float64Array;
  readonly #path: ShapPath;
  #rows: Float32Array = new Float32Array(0);
  #row = 0;
  #values: Float64Array = new Float64Array(0);
  #into = 0;

  /** @param index the tree's number, which says to which output a single value adds. */
  constructor(tree: Tree, index: number, outputCount: number, depth: number) {
    this.#tree = tree;
    this.#outputCount = outputCount;
    this.#output = tree.valueCount === 1 ? index % outputCount : 0;
    this.#leftShare = leftShares(tree);
    this.#path = new ShapPath(depth);
  }

  /** Adds the tree's mean values, as its shares give them. */
  addBase(baseValues: Float64Array): void {
    const { feature, left, right, value, valueCount } = this.#tree;
    const shares = new Float64Array(feature.length);
    shares[0] = 1;
    for (let node = 0; node < feature.length; node++) {
      if (feature[node] >= 0) {
        shares[left[node]] = shares[node] * this.#leftShare[node];
        shares[right[node]] = shares[node] * (1 - this.#leftShare[node]);
      } else {
        for (let k = 0; k < valueCount; k++) {
          baseValues[this.#output + k] += shares[node] * value[node * valueCount + k];
        }
      }
    }
  }

  /** Adds the values of the row at `row` to those at `into`. */
  addValues(rows: Float32Array, row: number, values: Float64Array, into: number): void {
    if (this.#tree.feature[0] < 0) return;
    this.#rows = rows;
    this.#row = row;
    this.#values = values;
    this.#into = into;
    this.#visit(0, 0, 0, 0, -1, 1, 1);
  }

  /** @param from where the parent's path begins, of `depth` entries. */
  #visit(
    node: number,
    depth: number,
    from: number,
    at: number,
    column: number,
    zero: number,
    one: number,
  ): void {
    const path = this.#path;
    if (depth > 0) path.copy(from, at, depth);
    path.extend(at, depth, column, zero, one);
    const split = this.#tree.feature[node];
    if (split < 0) this.#leave(node, at, depth);
    else this.#branch(node, split, at, depth);
  }

  #branch(node: number, split: number, at: number, depth: number): void {
    const path = this.#path;
    let last = depth;
    let zero = 1;
    let one = 1;
    const place = path.find(at, depth, split);
    if (place >= 0) {
      // A column counts once a path: its earlier split is taken back and put together with this one.
      zero = path.zeroAt(at + place);
      one = path.oneAt(at + place);
      path.unwind(at, depth, place);
      last--;
    }
    const { left, right } = this.#tree;
    const isLeft = goesLeft(this.#tree, node, this.#rows[this.#row + split]);
    const leftShare = this.#leftShare[node];
    const hotShare = isLeft ? leftShare : 1 - leftShare;
    const hot = isLeft ? left[node] : right[node];
    const cold = isLeft ? right[node] : left[node];
    const next = at + last + 1;
    this.#visit(hot, last + 1, at, next, split, hotShare * zero, one);
    // Where no training row went, no subset of columns leads.
    if (hotShare < 1) this.#visit(cold, last + 1, at, next, split, (1 - hotShare) * zero, 0);
  }

  #leave(node: number, at: number, depth: number): void {
    const { value, valueCount } = this.#tree;
    const from = node * valueCount;
    for (let i = 1; i <= depth; i++) {
      const path = this.#path;
      const weight = path.unwoundSum(at, depth, i) * (path.oneAt(at + i) - path.zeroAt(at + i));
      const into = this.#into + path.columnAt(at + i) * this.#outputCount + this.#output;
      for (let k = 0; k < valueCount; k++) this.#values[into + k] += weight * value[from + k];
    }
  }
}

/** Where no row has been, both ways count the same. */
function leftShares(tree: Tree): Float64Array {
  return Float64Array.from(tree.feature, (feature, node) => {
    if (feature < 0) return 0;
    const leftCover = tree.cover[tree.left[node]];
    const both = leftCover + tree.cover[tree.right[node]];
    return leftCover >= 0 && both > 0 ? Math.min(1, leftCover / both) : 0.5;
  });
}
