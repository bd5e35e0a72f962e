// How one row goes through one tree. This is the meaning of a tree; every faster predictor is tested
// against it.

import type { Tree } from './tree.ts';

/** Whether a row with `value` (a float32) goes left at the inner node `node`. */
export function goesLeft(tree: Tree, node: number, value: number): boolean {
  if (Number.isNaN(value)) return tree.missingLeft[node] === 1;
  const start = tree.categoryStart[node];
  if (start < 0) return value <= tree.threshold[node];
  if (value < 0 || value >= tree.categoryWords[node] * 32) return false;
  const code = Math.trunc(value);
  return ((tree.categorySets[start + (code >>> 5)] >>> (code & 31)) & 1) === 1;
}

/** The leaf of the row whose first value stands at `rows[at]`. */
export function leafOf(tree: Tree, rows: Float32Array, at: number): number {
  let node = 0;
  while (tree.feature[node] >= 0) {
    const value = rows[at + tree.feature[node]];
    node = goesLeft(tree, node, value) ? tree.left[node] : tree.right[node];
  }
  return node;
}
