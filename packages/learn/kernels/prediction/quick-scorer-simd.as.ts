// QuickScorer for eight rows at a time (V-QuickScorer, Lucchese et al. 2016), in two vectors of four. Of
// each tree the words of the eight rows lie side by side. The caller gives whole eights of rows.

import { sum } from './quick-scorer.as';
import { isInSet } from './sets.as';

/** `count` rows, a multiple of 8, `width` values each, into `out`; trees of at most 32 leaves. */
export function scoreEight32(
  image: usize,
  rows: usize,
  count: i32,
  width: i32,
  bits: usize,
  out: usize,
): void {
  scoreEight<u32>(image, rows, count, width, bits, out);
}

/** As scoreEight32, for trees of at most 64 leaves. */
export function scoreEight64(
  image: usize,
  rows: usize,
  count: i32,
  width: i32,
  bits: usize,
  out: usize,
): void {
  scoreEight<u64>(image, rows, count, width, bits, out);
}

function scoreEight<M>(
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
  for (let r: i32 = 0; r < count; r += 8, rows += rowBytes << 3, out += outBytes << 3) {
    mark<M>(image, rows, rowBytes, bits);
    if (single) {
      sumFour<M>(image, bits, out);
      sumFour<M>(image, bits + (sizeof<M>() << 2), out + 32);
      continue;
    }
    for (let lane: usize = 0; lane < 8; lane++) {
      sum<M>(image, bits + lane * sizeof<M>(), out + lane * outBytes, sizeof<M>() << 3);
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
  const end = bits + <usize>load<u32>(image) * (sizeof<M>() << 3);
  for (; bits < end; bits += sizeof<M>() << 3, leaves += sizeof<M>() << 5) {
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

function mark<M>(image: usize, rows: usize, rowBytes: usize, bits: usize): void {
  memory.fill(bits, 0xff, <usize>load<u32>(image) * (sizeof<M>() << 3));
  let column = image + load<u32>(image, 16);
  const columnsEnd = column + ((<usize>load<u32>(image, 12)) << 5);
  for (; column < columnsEnd; column += 32) {
    const from = rows + load<u32>(column);
    const first = fourValues(from, rowBytes);
    const second = fourValues(from + (rowBytes << 2), rowBytes);
    const firstMissing = f32x4.ne(first, first);
    const secondMissing = f32x4.ne(second, second);
    markGreater<M>(
      image,
      column,
      v128.bitselect(f32x4.splat(-Infinity), first, firstMissing),
      v128.bitselect(f32x4.splat(-Infinity), second, secondMissing),
      bits,
    );
    if (v128.any_true(v128.or(firstMissing, secondMissing))) {
      const end = image + load<u32>(column, 16);
      for (let node = image + load<u32>(column, 12); node < end; node += 16) {
        keep<M>(bits, node, v128.not(firstMissing), v128.not(secondMissing));
      }
    }
    const end = image + load<u32>(column, 24);
    for (let node = image + load<u32>(column, 20); node < end; node += 16) {
      const set = image + load<u32>(node);
      keep<M>(bits, node, insideOrMissing(first, set), insideOrMissing(second, set));
    }
  }
}

/**
 * Missing values are given as the least number, which no threshold sends right. Nodes go by two, as it
 * takes time to look whether to go on; one more that sends no row right clears nothing.
 */
@inline
function markGreater<M>(image: usize, column: usize, first: v128, second: v128, bits: usize): void {
  let node = image + load<u32>(column, 4);
  const end = image + load<u32>(column, 8);
  for (; node + 16 < end; node += 32) {
    const lower = v128.load32_splat(node);
    keep<M>(bits, node, f32x4.le(first, lower), f32x4.le(second, lower));
    const threshold = v128.load32_splat(node, 16);
    const firstLeft = f32x4.le(first, threshold);
    const secondLeft = f32x4.le(second, threshold);
    if (i32x4.bitmask(v128.and(firstLeft, secondLeft)) === 15) return;
    keep<M>(bits, node + 16, firstLeft, secondLeft);
  }
  if (node < end) {
    const threshold = v128.load32_splat(node);
    keep<M>(bits, node, f32x4.le(first, threshold), f32x4.le(second, threshold));
  }
}

/** Clears the node's left leaves of its tree in the rows whose lanes are not set. */
@inline
function keep<M>(bits: usize, node: usize, first: v128, second: v128): void {
  const word = bits + <usize>load<u32>(node, 4) * (sizeof<M>() << 3);
  if (sizeof<M>() === 4) {
    const mask = v128.load32_splat(node, 8);
    v128.store(word, v128.and(v128.load(word), v128.or(mask, first)));
    v128.store(word, v128.and(v128.load(word, 16), v128.or(mask, second)), 16);
  } else {
    const mask = v128.load64_splat(node, 8);
    const one = v128.or(mask, i64x2.extend_low_i32x4_s(first));
    const two = v128.or(mask, i64x2.extend_high_i32x4_s(first));
    const three = v128.or(mask, i64x2.extend_low_i32x4_s(second));
    const four = v128.or(mask, i64x2.extend_high_i32x4_s(second));
    v128.store(word, v128.and(v128.load(word), one));
    v128.store(word, v128.and(v128.load(word, 16), two), 16);
    v128.store(word, v128.and(v128.load(word, 32), three), 32);
    v128.store(word, v128.and(v128.load(word, 48), four), 48);
  }
}

function fourValues(at: usize, rowBytes: usize): v128 {
  let values = v128.load32_zero(at);
  values = v128.load32_lane(at + rowBytes, values, 1);
  values = v128.load32_lane(at + 2 * rowBytes, values, 2);
  return v128.load32_lane(at + 3 * rowBytes, values, 3);
}

/** The lanes whose value is missing, or in the set. */
function insideOrMissing(values: v128, set: usize): v128 {
  let lanes = i32x4.splat(-1);
  if (isOutside(f32x4.extract_lane(values, 0), set)) lanes = i32x4.replace_lane(lanes, 0, 0);
  if (isOutside(f32x4.extract_lane(values, 1), set)) lanes = i32x4.replace_lane(lanes, 1, 0);
  if (isOutside(f32x4.extract_lane(values, 2), set)) lanes = i32x4.replace_lane(lanes, 2, 0);
  if (isOutside(f32x4.extract_lane(values, 3), set)) lanes = i32x4.replace_lane(lanes, 3, 0);
  return lanes;
}

function isOutside(value: f32, set: usize): bool {
  return !F32.isNaN(value) && !isInSet(value, set);
}
