// Splits by the sums of a number. A row's weight and weighted target lie side by side, as do a bin's
// sums, so that one instruction adds both.

import * as s from './state.as';

// Of each bin: sum of weights, sum of weighted targets, number of rows, and a pad.
const entryShift: usize = 5;

/** Sums up the node; false where it is pure. */
export function enterMoments(state: usize, start: usize, end: usize): bool {
  const target = s.place(state, s.target);
  const weights = s.place(state, s.weights);
  let sums = f64x2.splat(0);
  let least: f64 = 0;
  let most: f64 = 0;
  for (let k = start; k < end; k += 4) {
    const row = <usize>load<u32>(k);
    const value = load<f64>(target + (row << 3));
    sums = v128.add<f64>(sums, v128.load(weights + (row << 4)));
    if (k === start) {
      least = value;
      most = value;
    }
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const weight = f64x2.extract_lane(sums, 0);
  const sum = f64x2.extract_lane(sums, 1);
  store<f64>(state, weight, s.nodeWeight);
  store<f64>(state, sum, s.nodeSum);
  store<f64>(s.place(state, s.values), least === most ? least : sum / weight);
  return least !== most;
}

export function gainOfMoments(state: usize): f64 {
  const sum = load<f64>(state, s.nodeSum);
  return load<f64>(state, s.bestScore) - (sum * sum) / load<f64>(state, s.nodeWeight);
}

/** Offers every split between two bins of the column. */
export function tryAllMoments(state: usize, start: usize, end: usize, column: u32): void {
  const histogram = s.place(state, s.histogram);
  const touched = s.place(state, s.touched);
  fill(state, start, end, column, histogram, touched);
  takeMissing(state, histogram, touched);
  let sums = f64x2.splat(0);
  let count: u32 = 0;
  let previous: i32 = -1;
  for (let word: u32 = 0; word < 4; word++) {
    let bits = load<u64>(touched + ((<usize>word) << 3));
    store<u64>(touched + ((<usize>word) << 3), 0);
    while (bits !== 0) {
      const bin = (word << 6) + <u32>ctz<u64>(bits);
      bits &= bits - 1;
      if (previous >= 0) consider(state, column, previous, bin, sums, count);
      const entry = histogram + ((<usize>bin) << entryShift);
      sums = v128.add<f64>(sums, v128.load(entry));
      count += load<u32>(entry, 16);
      clear(entry);
      previous = bin;
    }
  }
  if (load<u32>(state, s.missingCount) > 0 && previous >= 0) {
    consider(state, column, previous, s.missingBin, sums, count);
  }
}

/** Offers the one split after `bin`. */
export function tryBinMoments(
  state: usize,
  start: usize,
  end: usize,
  column: u32,
  bin: u32,
  nextBin: u32,
): void {
  const bins = s.binsOf(state, column);
  const weights = s.place(state, s.weights);
  let sums = f64x2.splat(0);
  let missing = f64x2.splat(0);
  let count: u32 = 0;
  let missingCount: u32 = 0;
  for (let k = start; k < end; k += 4) {
    const row = <usize>load<u32>(k);
    const at = <u32>load<u8>(bins + row);
    if (at === s.missingBin) {
      missing = v128.add<f64>(missing, v128.load(weights + (row << 4)));
      missingCount++;
    } else if (at <= bin) {
      sums = v128.add<f64>(sums, v128.load(weights + (row << 4)));
      count++;
    }
  }
  v128.store(state, missing, s.missingWeight);
  store<u32>(state, missingCount, s.missingCount);
  consider(state, column, bin, nextBin, sums, count);
}

function fill(
  state: usize,
  start: usize,
  end: usize,
  column: u32,
  histogram: usize,
  touched: usize,
): void {
  const bins = s.binsOf(state, column);
  const weights = s.place(state, s.weights);
  for (let k = start; k < end; k += 4) {
    const row = <usize>load<u32>(k);
    const bin = <u32>load<u8>(bins + row);
    const entry = histogram + ((<usize>bin) << entryShift);
    v128.store(entry, v128.add<f64>(v128.load(entry), v128.load(weights + (row << 4))));
    store<u32>(entry, load<u32>(entry, 16) + 1, 16);
    s.touch(touched, bin);
  }
}

function takeMissing(state: usize, histogram: usize, touched: usize): void {
  const entry = histogram + ((<usize>s.missingBin) << entryShift);
  v128.store(state, v128.load(entry), s.missingWeight);
  store<u32>(state, load<u32>(entry, 16), s.missingCount);
  clear(entry);
  store<u64>(touched, load<u64>(touched, 24) & ~((<u64>1) << 63), 24);
}

function clear(entry: usize): void {
  v128.store(entry, f64x2.splat(0));
  v128.store(entry, f64x2.splat(0), 16);
}

function consider(state: usize, column: u32, bin: u32, nextBin: u32, sums: v128, count: u32): void {
  const missing = load<u32>(state, s.missingCount);
  const byDefault = missing === 0 && <u32>2 * count >= load<u32>(state, s.nodeCount);
  offer(state, column, bin, nextBin, sums, count, byDefault);
  if (missing === 0 || nextBin === s.missingBin) return;
  const all = v128.add<f64>(sums, v128.load(state, s.missingWeight));
  offer(state, column, bin, nextBin, all, count + missing, true);
}

function offer(
  state: usize,
  column: u32,
  bin: u32,
  nextBin: u32,
  sums: v128,
  count: u32,
  missingLeft: bool,
): void {
  const least = load<u32>(state, s.minSamplesLeaf);
  if (count < least || load<u32>(state, s.nodeCount) - count < least) return;
  const rests = v128.sub<f64>(v128.load(state, s.nodeWeight), sums);
  const weight = f64x2.extract_lane(sums, 0);
  const restWeight = f64x2.extract_lane(rests, 0);
  if (!(weight > 0 && restWeight > 0)) return;
  const sum = f64x2.extract_lane(sums, 1);
  const rest = f64x2.extract_lane(rests, 1);
  const score = (sum * sum) / weight + (rest * rest) / restWeight;
  s.offerBest(state, score, column, bin, nextBin, missingLeft);
}
