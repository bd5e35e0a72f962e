// The leaves of a tree from left to right, and which of them lie under each node's left child.

import type { Tree } from './tree.ts';

export interface LeafOrder {
  /** The leaves' nodes, from left to right. */
  readonly leaves: readonly number[];
  /** For each inner node: the place of its leftmost leaf, and of the leftmost of its right child. */
  readonly from: Int32Array;
  readonly middle: Int32Array;
}

export function leafOrder(tree: Tree): LeafOrder {
  const count = tree.feature.length;
  const widths = new Int32Array(count).fill(1);
  // Children come after their parents, so that their widths are known first from the back.
  for (let node = count - 1; node >= 0; node--) {
    if (tree.feature[node] >= 0) {
      widths[node] = widths[tree.left[node]] + widths[tree.right[node]];
    }
  }
  const from = new Int32Array(count);
  const middle = new Int32Array(count);
  const leaves = new Array<number>(widths[0]).fill(0);
  for (let node = 0; node < count; node++) {
    if (tree.feature[node] < 0) leaves[from[node]] = node;
    else {
      const [left, right] = [tree.left[node], tree.right[node]];
      middle[node] = from[node] + widths[left];
      from[left] = from[node];
      from[right] = middle[node];
    }
  }
  return { leaves, from, middle };
}

export function leafCount(tree: Tree): number {
  return tree.feature.reduce((count, feature) => count + (feature < 0 ? 1 : 0), 0);
}
