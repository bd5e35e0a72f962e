// The search of a k-d tree: the nearer child first, and no box that is farther than what is found. It
// is exact: squares are summed for boxes in the same order as for rows, and rounding keeps order, so
// no box is farther than a row within it.

import type { KdTree } from './kd-tree.ts';
import type { LeafDistances } from './leaf-distances.ts';
import type { NeighborHeap } from './neighbor-heap.ts';

/** Fills the heap, which must be clear, with the rows nearest to `distances.query`. */
export function findNearest(tree: KdTree, distances: LeafDistances, heap: NeighborHeap): void {
  visit(tree, 0, 0, distances, heap);
}

function visit(
  tree: KdTree,
  node: number,
  boxSquare: number,
  distances: LeafDistances,
  heap: NeighborHeap,
): void {
  if (boxSquare > heap.farthest) return;
  if (node >= tree.firstLeaf) {
    scanLeaf(tree, node, distances, heap);
    return;
  }
  const left = 2 * node + 1;
  const toLeft = squareToBox(tree, left, distances.query);
  const toRight = squareToBox(tree, left + 1, distances.query);
  if (toLeft <= toRight) {
    visit(tree, left, toLeft, distances, heap);
    visit(tree, left + 1, toRight, distances, heap);
  } else {
    visit(tree, left + 1, toRight, distances, heap);
    visit(tree, left, toLeft, distances, heap);
  }
}

function scanLeaf(
  { order, starts, ends }: KdTree,
  leaf: number,
  distances: LeafDistances,
  heap: NeighborHeap,
): void {
  const start = starts[leaf];
  const count = ends[leaf] - start;
  const squares = distances.squares(start, ends[leaf]);
  let { farthest } = heap;
  for (let i = 0; i < count; i++) {
    if (squares[i] > farthest) continue;
    heap.offer(order[start + i], squares[i]);
    farthest = heap.farthest;
  }
}

/** Four sums at once, as for the rows. */
function squareToBox(
  { lows, highs, columnCount }: KdTree,
  node: number,
  query: Float64Array,
): number {
  const box = node * columnCount;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let j = 0;
  for (; j < columnCount - 3; j += 4) {
    const d0 = outside(query[j], lows[box + j], highs[box + j]);
    const d1 = outside(query[j + 1], lows[box + j + 1], highs[box + j + 1]);
    const d2 = outside(query[j + 2], lows[box + j + 2], highs[box + j + 2]);
    const d3 = outside(query[j + 3], lows[box + j + 3], highs[box + j + 3]);
    a += d0 * d0;
    b += d1 * d1;
    c += d2 * d2;
    d += d3 * d3;
  }
  for (; j < columnCount; j++) {
    const distance = outside(query[j], lows[box + j], highs[box + j]);
    a += distance * distance;
  }
  return a + b + (c + d);
}

function outside(value: number, low: number, high: number): number {
  if (value < low) return low - value;
  return value > high ? value - high : 0;
}
