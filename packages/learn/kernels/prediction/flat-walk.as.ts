// Trees of any size, node by node. Trees are the outer loop, so that a tree's nodes stay in the cache
// for all rows of a block; four rows go down at once, because each step waits for the one before it.
// A leaf leads to itself: whoever is there early waits without a branch.

import { isInSet } from './sets.as';

const missingLeft: u32 = 0x80000000;
const categorical: u32 = 0x40000000;
const offsetMask: u32 = 0x3fffffff;

/** `count` rows of `width` values each, added up into `out`. */
export function walkRows(image: usize, rows: usize, count: i32, width: i32, out: usize): void {
  const trees = <usize>load<u32>(image);
  const outputs = <usize>load<u32>(image, 4);
  const values = <usize>load<u32>(image, 8);
  const roots = image + load<u32>(image, 16);
  const nodes = image + load<u32>(image, 28);
  const leaves = image + load<u32>(image, 24);
  const rowBytes = (<usize>width) << 2;
  for (let r: i32 = 0; r < count; r++) {
    memory.copy(out + ((<usize>r * outputs) << 3), image + load<u32>(image, 20), outputs << 3);
  }
  for (let tree: usize = 0; tree < trees; tree++) {
    const root = load<u32>(roots + (tree << 2));
    const into = out + (values === 1 ? (tree % outputs) << 3 : 0);
    let r: i32 = 0;
    for (; r + 4 <= count; r += 4) {
      const row = rows + <usize>r * rowBytes;
      let a = root;
      let b = root;
      let c = root;
      let d = root;
      let moved = true;
      while (moved) {
        const nextA = step(nodes, a, row, image);
        const nextB = step(nodes, b, row + rowBytes, image);
        const nextC = step(nodes, c, row + 2 * rowBytes, image);
        const nextD = step(nodes, d, row + 3 * rowBytes, image);
        moved = ((a ^ nextA) | (b ^ nextB) | (c ^ nextC) | (d ^ nextD)) !== 0;
        a = nextA;
        b = nextB;
        c = nextC;
        d = nextD;
      }
      add(leaves, a, values, into + ((<usize>r * outputs) << 3));
      add(leaves, b, values, into + (((<usize>r + 1) * outputs) << 3));
      add(leaves, c, values, into + (((<usize>r + 2) * outputs) << 3));
      add(leaves, d, values, into + (((<usize>r + 3) * outputs) << 3));
    }
    for (; r < count; r++) {
      const row = rows + <usize>r * rowBytes;
      let node = root;
      let next = step(nodes, node, row, image);
      while (next !== node) {
        node = next;
        next = step(nodes, node, row, image);
      }
      add(leaves, node, values, into + ((<usize>r * outputs) << 3));
    }
  }
}

/** One row into `out`: four trees go down at once instead, and are added up in their order. */
export function walkRow(image: usize, row: usize, out: usize): void {
  const trees = <usize>load<u32>(image);
  const outputs = <usize>load<u32>(image, 4);
  const values = <usize>load<u32>(image, 8);
  const roots = image + load<u32>(image, 16);
  const nodes = image + load<u32>(image, 28);
  const leaves = image + load<u32>(image, 24);
  memory.copy(out, image + load<u32>(image, 20), outputs << 3);
  for (let tree: usize = 0; tree < trees; tree += 4) {
    // Beyond the last tree the first of the four is walked again, and not added.
    const first = roots + (tree << 2);
    const left = trees - tree;
    let a = load<u32>(first);
    let b = left > 1 ? load<u32>(first, 4) : a;
    let c = left > 2 ? load<u32>(first, 8) : a;
    let d = left > 3 ? load<u32>(first, 12) : a;
    let moved = true;
    while (moved) {
      const nextA = step(nodes, a, row, image);
      const nextB = step(nodes, b, row, image);
      const nextC = step(nodes, c, row, image);
      const nextD = step(nodes, d, row, image);
      moved = ((a ^ nextA) | (b ^ nextB) | (c ^ nextC) | (d ^ nextD)) !== 0;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
    }
    const single = values === 1;
    add(leaves, a, values, out + (single ? (tree % outputs) << 3 : 0));
    if (left > 1) add(leaves, b, values, out + (single ? ((tree + 1) % outputs) << 3 : 0));
    if (left > 2) add(leaves, c, values, out + (single ? ((tree + 2) % outputs) << 3 : 0));
    if (left > 3) add(leaves, d, values, out + (single ? ((tree + 3) % outputs) << 3 : 0));
  }
}

/** The child that the row goes to; the node itself where it is a leaf. */
@inline
function step(nodes: usize, offset: u32, row: usize, image: usize): u32 {
  const node = nodes + offset;
  const head = load<u32>(node);
  const value = load<f32>(row + (head & offsetMask));
  let left = value <= load<f32>(node, 4);
  if (head & categorical) left = isInSet(value, image + load<u32>(node, 4));
  left = left || (F32.isNaN(value) && (head & missingLeft) !== 0);
  return select<u32>(load<u32>(node, 8), load<u32>(node, 12), left);
}

function add(leaves: usize, offset: u32, values: usize, out: usize): void {
  const from = leaves + ((<usize>(offset >> 4) * values) << 2);
  for (let k: usize = 0; k < values; k++) {
    const at = out + (k << 3);
    store<f64>(at, load<f64>(at) + <f64>load<f32>(from + (k << 2)));
  }
}
