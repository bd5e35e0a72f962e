// Trees of any size, node by node. Some rows go down a tree at once, or a row down some trees, because
// each step waits for the one before it. A leaf leads to itself: whoever is there early waits without a
// branch.

import { isInSet } from './sets.as';

const categorical: u32 = 0x40000000;
const offsetMask: u32 = 0x3fffffff;

/** How many go down at once: about as many loads as a core keeps under way. */
const lanes: i32 = 16;

/**
 * `count` rows of `width` values each, added up into `out`. Trees are the outer loop, so that a tree's
 * nodes stay in the cache for all rows of a block. `cursors` has room for 64 bytes.
 */
export function walkRows(
  image: usize,
  rows: usize,
  count: i32,
  width: i32,
  cursors: usize,
  out: usize,
): void {
  const trees = <usize>load<u32>(image);
  const outputs = <usize>load<u32>(image, 4);
  const values = <usize>load<u32>(image, 8);
  const roots = image + load<u32>(image, 16);
  const leaves = image + load<u32>(image, 24);
  const rowBytes = (<usize>width) << 2;
  for (let r: i32 = 0; r < count; r++) {
    memory.copy(out + ((<usize>r * outputs) << 3), image + load<u32>(image, 20), outputs << 3);
  }
  for (let tree: usize = 0; tree < trees; tree++) {
    const root = load<u32>(roots + (tree << 2));
    const into = out + (values === 1 ? (tree % outputs) << 3 : 0);
    for (let r: i32 = 0; r < count; r += lanes) {
      const many = min(lanes, count - r);
      for (let k: i32 = 0; k < many; k++) store<u32>(cursors + ((<usize>k) << 2), root);
      descend(image, cursors, many, rows + <usize>r * rowBytes, rowBytes);
      for (let k: i32 = 0; k < many; k++) {
        const leaf = load<u32>(cursors + ((<usize>k) << 2));
        add(leaves, leaf, values, into + ((<usize>(r + k) * outputs) << 3));
      }
    }
  }
}

/** One row into `out`, down some trees at once, which are added up in their order. */
export function walkRow(image: usize, row: usize, cursors: usize, out: usize): void {
  const trees = load<i32>(image);
  const outputs = <usize>load<u32>(image, 4);
  const values = <usize>load<u32>(image, 8);
  const roots = image + load<u32>(image, 16);
  const leaves = image + load<u32>(image, 24);
  memory.copy(out, image + load<u32>(image, 20), outputs << 3);
  for (let tree: i32 = 0; tree < trees; tree += lanes) {
    const many = min(lanes, trees - tree);
    memory.copy(cursors, roots + ((<usize>tree) << 2), (<usize>many) << 2);
    descend(image, cursors, many, row, 0);
    for (let k: i32 = 0; k < many; k++) {
      const leaf = load<u32>(cursors + ((<usize>k) << 2));
      const into = values === 1 ? (<usize>(tree + k) % outputs) << 3 : 0;
      add(leaves, leaf, values, out + into);
    }
  }
}

/** Takes each cursor from its root to its leaf; their rows lie `stride` bytes apart. */
function descend(image: usize, cursors: usize, many: i32, rows: usize, stride: usize): void {
  const nodes = image + load<u32>(image, 28);
  const end = cursors + ((<usize>many) << 2);
  let moved: u32 = 1;
  while (moved !== 0) {
    moved = 0;
    let row = rows;
    for (let cursor = cursors; cursor < end; cursor += 4, row += stride) {
      const node = load<u32>(cursor);
      const next = step(nodes + node, row, image);
      store<u32>(cursor, next);
      moved |= node ^ next;
    }
  }
}

/** The child that the row goes to; the node itself where it is a leaf. */
@inline
function step(node: usize, row: usize, image: usize): u32 {
  const head = load<u32>(node);
  const value = load<f32>(row + (head & offsetMask));
  let left = <u32>(value <= load<f32>(node, 4));
  if (head & categorical) left = <u32>isInSet(value, image + load<u32>(node, 4));
  // Which way a row goes cannot be foreseen: a branch would be taken wrongly every other time. The
  // highest bit says that missing values go left.
  left |= <u32>(value !== value) & (head >> 31);
  return select<u32>(load<u32>(node, 8), load<u32>(node, 12), left);
}

function add(leaves: usize, offset: u32, values: usize, out: usize): void {
  const from = leaves + ((<usize>(offset >> 4) * values) << 2);
  for (let k: usize = 0; k < values; k++) {
    const at = out + (k << 3);
    store<f64>(at, load<f64>(at) + <f64>load<f32>(from + (k << 2)));
  }
}
