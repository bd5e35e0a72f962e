// QuickScorer (Lucchese et al. 2015): a tree is a word with one bit a leaf, and each node that sends
// the row right clears the leaves on its left; the row's leaf is the lowest bit that remains.
// Thresholds lie in order for each column, so that only nodes that do send it right are looked at.

import { isInSet } from './sets.as';

/** One row into `out`, trees of at most 32 leaves. */
export function score32(image: usize, row: usize, bits: usize, out: usize): void {
  mark<u32>(image, row, bits);
  sum<u32>(image, bits, out, sizeof<u32>());
}

/** One row into `out`, trees of at most 64 leaves. */
export function score64(image: usize, row: usize, bits: usize, out: usize): void {
  mark<u64>(image, row, bits);
  sum<u64>(image, bits, out, sizeof<u64>());
}

function mark<M>(image: usize, row: usize, bits: usize): void {
  memory.fill(bits, 0xff, <usize>load<u32>(image) * sizeof<M>());
  let column = image + load<u32>(image, 16);
  const end = column + ((<usize>load<u32>(image, 12)) << 5);
  for (; column < end; column += 32) {
    const value = load<f32>(row + load<u32>(column));
    if (!F32.isNaN(value)) {
      markGreater<M>(image, column, value, bits);
      if (load<u32>(column, 20) !== load<u32>(column, 24)) markSets<M>(image, column, value, bits);
    } else {
      markMissing<M>(image, column, bits);
    }
  }
}

function markGreater<M>(image: usize, column: usize, value: f32, bits: usize): void {
  let node = image + load<u32>(column, 4);
  const end = image + load<u32>(column, 8);
  for (; node < end && value > load<f32>(node); node += 16) {
    const word = bits + <usize>load<u32>(node, 4) * sizeof<M>();
    store<M>(word, load<M>(word) & load<M>(node, 8));
  }
}

function markMissing<M>(image: usize, column: usize, bits: usize): void {
  let node = image + load<u32>(column, 12);
  const end = image + load<u32>(column, 16);
  for (; node < end; node += 16) {
    const word = bits + <usize>load<u32>(node, 4) * sizeof<M>();
    store<M>(word, load<M>(word) & load<M>(node, 8));
  }
}

function markSets<M>(image: usize, column: usize, value: f32, bits: usize): void {
  let node = image + load<u32>(column, 20);
  const end = image + load<u32>(column, 24);
  for (; node < end; node += 16) {
    if (isInSet(value, image + load<u32>(node))) continue;
    const word = bits + <usize>load<u32>(node, 4) * sizeof<M>();
    store<M>(word, load<M>(word) & load<M>(node, 8));
  }
}

/** Adds up the leaves that the words from `bits` name, `stride` bytes a tree apart. */
export function sum<M>(image: usize, bits: usize, out: usize, stride: usize): void {
  if (load<u32>(image, 8) === 1) sumNumbers<M>(image, bits, out, stride);
  else sumVectors<M>(image, bits, out, stride);
}

function sumNumbers<M>(image: usize, bits: usize, out: usize, stride: usize): void {
  const trees = load<u32>(image);
  const outputs = load<u32>(image, 4);
  const base = image + load<u32>(image, 20);
  const leaves = image + load<u32>(image, 24);
  for (let k: u32 = 0; k < outputs; k++) {
    let total = load<f64>(base + ((<usize>k) << 3));
    for (let tree = k; tree < trees; tree += outputs) {
      const leaf = <usize>ctz<M>(load<M>(bits + <usize>tree * stride));
      total += <f64>load<f32>(leaves + ((<usize>tree * (sizeof<M>() << 3) + leaf) << 2));
    }
    store<f64>(out + ((<usize>k) << 3), total);
  }
}

function sumVectors<M>(image: usize, bits: usize, out: usize, stride: usize): void {
  const trees = load<u32>(image);
  const outputs = <usize>load<u32>(image, 4);
  memory.copy(out, image + load<u32>(image, 20), outputs << 3);
  const leaves = image + load<u32>(image, 24);
  for (let tree: u32 = 0; tree < trees; tree++) {
    const leaf = <usize>ctz<M>(load<M>(bits + <usize>tree * stride));
    const values = leaves + (((<usize>tree * (sizeof<M>() << 3) + leaf) * outputs) << 2);
    for (let k: usize = 0; k < outputs; k++) {
      const at = out + (k << 3);
      store<f64>(at, load<f64>(at) + <f64>load<f32>(values + (k << 2)));
    }
  }
}
