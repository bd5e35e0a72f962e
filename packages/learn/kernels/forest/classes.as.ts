// Splits by the weights of classes. Only the classes that a node has are looked at: each has a number
// within the node, in the order in which its rows come.

import { stableLog } from './log.as';
import * as s from './state.as';

/** Sums up the node; false where it has one class. */
export function enterClasses(state: usize, start: usize, end: usize): bool {
  const target = s.place(state, s.target);
  const weights = s.place(state, s.weights);
  const localOf = s.place(state, s.localOf);
  const total = s.place(state, s.total);
  memory.fill(localOf, 0xff, (<usize>load<u32>(state, s.classCount)) << 2);
  let count: i32 = 0;
  let weight: f64 = 0;
  for (let k = start; k < end; k += 4) {
    const row = <usize>load<u32>(k);
    const slot = localOf + ((<usize>load<u32>(target + (row << 2))) << 2);
    let local = load<i32>(slot);
    if (local < 0) {
      local = count++;
      store<i32>(slot, local);
      store<f64>(total + ((<usize>local) << 3), 0);
    }
    const rowWeight = load<f64>(weights + (row << 3));
    const sum = total + ((<usize>local) << 3);
    store<f64>(sum, load<f64>(sum) + rowWeight);
    weight += rowWeight;
  }
  store<u32>(state, count, s.localCount);
  store<f64>(state, weight, s.nodeWeight);
  describe(state, weight);
  return count > 1;
}

function describe(state: usize, weight: f64): void {
  const outputs = load<u32>(state, s.outputCount);
  const localOf = s.place(state, s.localOf);
  const values = s.place(state, s.values);
  for (let k: u32 = 0; k < outputs; k++) {
    // One output stands for the second of two classes.
    const local = load<i32>(localOf + ((<usize>(outputs === 1 ? 1 : k)) << 2));
    const sum = local < 0 ? 0 : load<f64>(s.place(state, s.total) + ((<usize>local) << 3)) / weight;
    store<f64>(values + ((<usize>k) << 3), sum);
  }
}

export function gainOfClasses(state: usize): f64 {
  const total = s.place(state, s.total);
  const weight = load<f64>(state, s.nodeWeight);
  const byEntropy = load<u32>(state, s.kind) === s.entropy;
  const end = total + ((<usize>load<u32>(state, s.localCount)) << 3);
  let score: f64 = 0;
  for (let at = total; at < end; at += 8) {
    const value = load<f64>(at);
    if (!byEntropy) score += (value * value) / weight;
    else if (value > 0) score += value * stableLog(value / weight);
  }
  return load<f64>(state, s.bestScore) - score;
}

/** Offers every split between two bins of the column. */
export function tryAllClasses(state: usize, start: usize, end: usize, column: u32): void {
  const touched = s.place(state, s.touched);
  const left = s.place(state, s.left);
  const missing = s.place(state, s.missing);
  const localBytes = (<usize>load<u32>(state, s.localCount)) << 3;
  fill(state, start, end, column, touched);
  memory.fill(missing, 0, localBytes);
  memory.fill(left, 0, localBytes);
  store<u32>(state, take(state, s.missingBin, missing), s.missingCount);
  store<u64>(touched, load<u64>(touched, 24) & ~((<u64>1) << 63), 24);
  let count: u32 = 0;
  let previous: i32 = -1;
  for (let word: u32 = 0; word < 4; word++) {
    let bits = load<u64>(touched + ((<usize>word) << 3));
    store<u64>(touched + ((<usize>word) << 3), 0);
    while (bits !== 0) {
      const bin = (word << 6) + <u32>ctz<u64>(bits);
      bits &= bits - 1;
      if (previous >= 0) consider(state, column, previous, bin, count);
      count += take(state, bin, left);
      previous = bin;
    }
  }
  if (load<u32>(state, s.missingCount) > 0 && previous >= 0) {
    consider(state, column, previous, s.missingBin, count);
  }
}

/** Offers the one split after `bin`. */
export function tryBinClasses(
  state: usize,
  start: usize,
  end: usize,
  column: u32,
  bin: u32,
  nextBin: u32,
): void {
  const bins = s.binsOf(state, column);
  const target = s.place(state, s.target);
  const weights = s.place(state, s.weights);
  const localOf = s.place(state, s.localOf);
  const left = s.place(state, s.left);
  const missing = s.place(state, s.missing);
  const localBytes = (<usize>load<u32>(state, s.localCount)) << 3;
  memory.fill(left, 0, localBytes);
  memory.fill(missing, 0, localBytes);
  let count: u32 = 0;
  let missingCount: u32 = 0;
  for (let k = start; k < end; k += 4) {
    const row = <usize>load<u32>(k);
    const at = <u32>load<u8>(bins + row);
    const isMissing = at === s.missingBin;
    if (!isMissing && at > bin) continue;
    const code = <usize>load<u32>(target + (row << 2));
    const local = <usize>load<u32>(localOf + (code << 2));
    const sum = (isMissing ? missing : left) + (local << 3);
    store<f64>(sum, load<f64>(sum) + load<f64>(weights + (row << 3)));
    if (isMissing) missingCount++;
    else count++;
  }
  store<u32>(state, missingCount, s.missingCount);
  consider(state, column, bin, nextBin, count);
}

function fill(state: usize, start: usize, end: usize, column: u32, touched: usize): void {
  const bins = s.binsOf(state, column);
  const target = s.place(state, s.target);
  const weights = s.place(state, s.weights);
  const localOf = s.place(state, s.localOf);
  const histogram = s.place(state, s.histogram);
  const counts = s.place(state, s.counts);
  const width = <usize>load<u32>(state, s.localCount);
  for (let k = start; k < end; k += 4) {
    const row = <usize>load<u32>(k);
    const bin = <u32>load<u8>(bins + row);
    const code = <usize>load<u32>(target + (row << 2));
    const local = <usize>load<u32>(localOf + (code << 2));
    const sum = histogram + ((<usize>bin * width + local) << 3);
    store<f64>(sum, load<f64>(sum) + load<f64>(weights + (row << 3)));
    const count = counts + ((<usize>bin) << 2);
    store<u32>(count, load<u32>(count) + 1);
    s.touch(touched, bin);
  }
}

/** Moves a bin's weights out of the histogram into `sums`; returns its number of rows. */
function take(state: usize, bin: u32, sums: usize): u32 {
  const width = <usize>load<u32>(state, s.localCount);
  let from = s.place(state, s.histogram) + ((<usize>bin * width) << 3);
  const end = sums + (width << 3);
  for (; sums < end; sums += 8, from += 8) {
    store<f64>(sums, load<f64>(sums) + load<f64>(from));
    store<f64>(from, 0);
  }
  const slot = s.place(state, s.counts) + ((<usize>bin) << 2);
  const count = load<u32>(slot);
  store<u32>(slot, 0);
  return count;
}

function consider(state: usize, column: u32, bin: u32, nextBin: u32, count: u32): void {
  const missing = load<u32>(state, s.missingCount);
  const byDefault = missing === 0 && <u32>2 * count >= load<u32>(state, s.nodeCount);
  offer(state, column, bin, nextBin, count, byDefault, 0);
  if (missing === 0 || nextBin === s.missingBin) return;
  offer(state, column, bin, nextBin, count + missing, true, 1);
}

/** `share` is how much of the missing rows goes left: 0 or 1. */
function offer(
  state: usize,
  column: u32,
  bin: u32,
  nextBin: u32,
  count: u32,
  missingLeft: bool,
  share: f64,
): void {
  const least = load<u32>(state, s.minSamplesLeaf);
  if (count < least || load<u32>(state, s.nodeCount) - count < least) return;
  const left = s.place(state, s.left);
  const away = s.place(state, s.missing) - left;
  const end = left + ((<usize>load<u32>(state, s.localCount)) << 3);
  let weight: f64 = 0;
  for (let at = left; at < end; at += 8) weight += load<f64>(at) + share * load<f64>(at + away);
  const restWeight = load<f64>(state, s.nodeWeight) - weight;
  if (!(weight > 0 && restWeight > 0)) return;
  const score =
    load<u32>(state, s.kind) === s.entropy
      ? entropyOf(state, weight, restWeight, share)
      : giniOf(state, weight, restWeight, share);
  s.offerBest(state, score, column, bin, nextBin, missingLeft);
}

function giniOf(state: usize, weight: f64, restWeight: f64, share: f64): f64 {
  const left = s.place(state, s.left);
  const missing = s.place(state, s.missing);
  const total = s.place(state, s.total);
  const end = (<usize>load<u32>(state, s.localCount)) << 3;
  let squares: f64 = 0;
  let restSquares: f64 = 0;
  for (let at: usize = 0; at < end; at += 8) {
    const value = load<f64>(left + at) + share * load<f64>(missing + at);
    const rest = load<f64>(total + at) - value;
    squares += value * value;
    restSquares += rest * rest;
  }
  return squares / weight + restSquares / restWeight;
}

function entropyOf(state: usize, weight: f64, restWeight: f64, share: f64): f64 {
  const left = s.place(state, s.left);
  const missing = s.place(state, s.missing);
  const total = s.place(state, s.total);
  const end = (<usize>load<u32>(state, s.localCount)) << 3;
  let sum: f64 = 0;
  for (let at: usize = 0; at < end; at += 8) {
    const value = load<f64>(left + at) + share * load<f64>(missing + at);
    const rest = load<f64>(total + at) - value;
    if (value > 0) sum += value * stableLog(value / weight);
    if (rest > 0) sum += rest * stableLog(rest / restWeight);
  }
  return sum;
}
