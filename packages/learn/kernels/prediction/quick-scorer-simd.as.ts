// QuickScorer for four rows at a time (V-QuickScorer, Lucchese et al. 2016). Of each tree the words of
// the four rows lie side by side. The caller gives whole fours of rows.

import { sum } from './quick-scorer.as';
import { isInSet } from './sets.as';

/** `count` rows, a multiple of 4, `width` values each, into `out`; trees of at most 32 leaves. */
export function scoreFour32(
  image: usize,
  rows: usize,
  count: i32,
  width: i32,
  bits: usize,
  out: usize,
): void {
  const rowBytes = (<usize>width) << 2;
  const outBytes = (<usize>load<u32>(image, 4)) << 3;
  const single = load<u32>(image, 4) === 1;
  for (let r: i32 = 0; r < count; r += 4, rows += rowBytes << 2, out += outBytes << 2) {
    mark32(image, rows, rowBytes, bits);
    if (single) {
      sumFour<u32>(image, bits, out);
      continue;
    }
    for (let lane: usize = 0; lane < 4; lane++) {
      sum<u32>(image, bits + (lane << 2), out + lane * outBytes, 16);
    }
  }
}

/** As scoreFour32, for trees of at most 64 leaves. */
export function scoreFour64(
  image: usize,
  rows: usize,
  count: i32,
  width: i32,
  bits: usize,
  out: usize,
): void {
  const rowBytes = (<usize>width) << 2;
  const outBytes = (<usize>load<u32>(image, 4)) << 3;
  const single = load<u32>(image, 4) === 1;
  for (let r: i32 = 0; r < count; r += 4, rows += rowBytes << 2, out += outBytes << 2) {
    mark64(image, rows, rowBytes, bits);
    if (single) {
      sumFour<u64>(image, bits, out);
      continue;
    }
    for (let lane: usize = 0; lane < 4; lane++) {
      sum<u64>(image, bits + (lane << 3), out + lane * outBytes, 32);
    }
  }
}

/** The one output of four rows at once, so that no addition waits for another row's. */
function sumFour<M>(image: usize, bits: usize, out: usize): void {
  const base = load<f64>(image + load<u32>(image, 20));
  let first = base;
  let second = base;
  let third = base;
  let fourth = base;
  let leaves = image + load<u32>(image, 24);
  const end = bits + <usize>load<u32>(image) * (sizeof<M>() << 2);
  for (; bits < end; bits += sizeof<M>() << 2, leaves += sizeof<M>() << 5) {
    first += <f64>load<f32>(leaves + ((<usize>ctz<M>(load<M>(bits))) << 2));
    second += <f64>load<f32>(leaves + ((<usize>ctz<M>(load<M>(bits, sizeof<M>()))) << 2));
    third += <f64>load<f32>(leaves + ((<usize>ctz<M>(load<M>(bits, 2 * sizeof<M>()))) << 2));
    fourth += <f64>load<f32>(leaves + ((<usize>ctz<M>(load<M>(bits, 3 * sizeof<M>()))) << 2));
  }
  store<f64>(out, first);
  store<f64>(out, second, 8);
  store<f64>(out, third, 16);
  store<f64>(out, fourth, 24);
}

function fourValues(at: usize, rowBytes: usize): v128 {
  let values = v128.load32_zero(at);
  values = v128.load32_lane(at + rowBytes, values, 1);
  values = v128.load32_lane(at + 2 * rowBytes, values, 2);
  return v128.load32_lane(at + 3 * rowBytes, values, 3);
}

function mark32(image: usize, rows: usize, rowBytes: usize, bits: usize): void {
  memory.fill(bits, 0xff, (<usize>load<u32>(image)) << 4);
  let column = image + load<u32>(image, 16);
  const columnsEnd = column + ((<usize>load<u32>(image, 12)) << 5);
  for (; column < columnsEnd; column += 32) {
    const values = fourValues(rows + load<u32>(column), rowBytes);
    let node = image + load<u32>(column, 4);
    const end = image + load<u32>(column, 8);
    for (; node < end; node += 16) {
      const right = f32x4.gt(values, v128.load32_splat(node));
      if (!v128.any_true(right)) break;
      // Written out, because this is where the time goes.
      const word = bits + ((<usize>load<u32>(node, 4)) << 4);
      const mask = v128.or(v128.load32_splat(node, 8), v128.not(right));
      v128.store(word, v128.and(v128.load(word), mask));
    }
    const missing = f32x4.ne(values, values);
    if (v128.any_true(missing)) {
      const missingEnd = image + load<u32>(column, 16);
      for (node = image + load<u32>(column, 12); node < missingEnd; node += 16) {
        and32(bits, node, missing);
      }
    }
    const setsEnd = image + load<u32>(column, 24);
    for (node = image + load<u32>(column, 20); node < setsEnd; node += 16) {
      and32(bits, node, outside(values, image + load<u32>(node)));
    }
  }
}

function mark64(image: usize, rows: usize, rowBytes: usize, bits: usize): void {
  memory.fill(bits, 0xff, (<usize>load<u32>(image)) << 5);
  let column = image + load<u32>(image, 16);
  const columnsEnd = column + ((<usize>load<u32>(image, 12)) << 5);
  for (; column < columnsEnd; column += 32) {
    const values = fourValues(rows + load<u32>(column), rowBytes);
    let node = image + load<u32>(column, 4);
    const end = image + load<u32>(column, 8);
    for (; node < end; node += 16) {
      const right = f32x4.gt(values, v128.load32_splat(node));
      if (!v128.any_true(right)) break;
      and64(bits, node, right);
    }
    const missing = f32x4.ne(values, values);
    if (v128.any_true(missing)) {
      const missingEnd = image + load<u32>(column, 16);
      for (node = image + load<u32>(column, 12); node < missingEnd; node += 16) {
        and64(bits, node, missing);
      }
    }
    const setsEnd = image + load<u32>(column, 24);
    for (node = image + load<u32>(column, 20); node < setsEnd; node += 16) {
      and64(bits, node, outside(values, image + load<u32>(node)));
    }
  }
}

/** Clears the node's left leaves in the lanes that are set. */
function and32(bits: usize, node: usize, lanes: v128): void {
  const word = bits + ((<usize>load<u32>(node, 4)) << 4);
  const mask = v128.or(v128.load32_splat(node, 8), v128.not(lanes));
  v128.store(word, v128.and(v128.load(word), mask));
}

function and64(bits: usize, node: usize, lanes: v128): void {
  const word = bits + ((<usize>load<u32>(node, 4)) << 5);
  const mask = v128.load64_splat(node, 8);
  const low = v128.or(mask, v128.not(i64x2.extend_low_i32x4_s(lanes)));
  const high = v128.or(mask, v128.not(i64x2.extend_high_i32x4_s(lanes)));
  v128.store(word, v128.and(v128.load(word), low));
  v128.store(word, v128.and(v128.load(word, 16), high), 16);
}

/** The lanes whose value is there and not in the set. */
function outside(values: v128, set: usize): v128 {
  let lanes = i32x4.splat(0);
  if (isOutside(f32x4.extract_lane(values, 0), set)) lanes = i32x4.replace_lane(lanes, 0, -1);
  if (isOutside(f32x4.extract_lane(values, 1), set)) lanes = i32x4.replace_lane(lanes, 1, -1);
  if (isOutside(f32x4.extract_lane(values, 2), set)) lanes = i32x4.replace_lane(lanes, 2, -1);
  if (isOutside(f32x4.extract_lane(values, 3), set)) lanes = i32x4.replace_lane(lanes, 3, -1);
  return lanes;
}

function isOutside(value: f32, set: usize): bool {
  return !F32.isNaN(value) && !isInSet(value, set);
}
