// One visit of a node: sum it up, search for a split among columns drawn at random, part its rows.

import { enterClasses, gainOfClasses, tryAllClasses, tryBinClasses } from './classes.as';
import { enterMoments, gainOfMoments, tryAllMoments, tryBinMoments } from './moments.as';
import * as s from './state.as';

const thresholdSteps: u32 = 1 << 20;

/** Visits the rows in places `first` to `last - 1`; what it finds is in the state. */
export function visitNode(state: usize, first: u32, last: u32, maySplit: bool): void {
  const rows = s.place(state, s.rows);
  const start = rows + ((<usize>first) << 2);
  const end = rows + ((<usize>last) << 2);
  store<u32>(state, last - first, s.nodeCount);
  store<f64>(state, -Infinity, s.bestScore);
  store<i32>(state, -1, s.bestColumn);
  const byMoments = load<u32>(state, s.kind) === s.moments;
  const impure = byMoments ? enterMoments(state, start, end) : enterClasses(state, start, end);
  if (!maySplit || !impure) return;
  search(state, start, end, byMoments);
  if (load<i32>(state, s.bestColumn) < 0) return;
  store<f64>(state, byMoments ? gainOfMoments(state) : gainOfClasses(state), s.gain);
  store<u32>(state, first + partition(state, start, end), s.middle);
}

function search(state: usize, start: usize, end: usize, byMoments: bool): void {
  const count = load<u32>(state, s.columnCount);
  const wanted = load<u32>(state, s.columnsPerNode);
  const columns = s.place(state, s.columns);
  const random = load<u32>(state, s.randomThresholds) !== 0;
  for (let v: u32 = 0; v < count && (v < wanted || load<i32>(state, s.bestColumn) < 0); v++) {
    const drawn = columns + ((<usize>(v + below(state, count - v))) << 2);
    const place = columns + ((<usize>v) << 2);
    const column = load<u32>(drawn);
    store<u32>(drawn, load<u32>(place));
    store<u32>(place, column);
    if (random) tryRandom(state, start, end, column, byMoments);
    else if (byMoments) tryAllMoments(state, start, end, column);
    else tryAllClasses(state, start, end, column);
  }
}

/** Mulberry32, as src/forest/forest-random.ts has it: a whole number from 0 to `count - 1`. */
function below(state: usize, count: u32): u32 {
  const next = load<u32>(state, s.randomState) + 0x6d2b79f5;
  store<u32>(state, next, s.randomState);
  let z = (next ^ (next >> 15)) * (next | 1);
  z ^= z + (z ^ (z >> 7)) * (z | 61);
  return <u32>((<u64>(z ^ (z >> 14)) * count) >> 32);
}

function tryRandom(state: usize, start: usize, end: usize, column: u32, byMoments: bool): void {
  const bins = s.binsOf(state, column);
  let least: u32 = s.missingBin;
  let most: i32 = -1;
  let anyMissing = false;
  for (let k = start; k < end; k += 4) {
    const bin = <u32>load<u8>(bins + <usize>load<u32>(k));
    if (bin === s.missingBin) anyMissing = true;
    else {
      least = min(least, bin);
      most = max(most, <i32>bin);
    }
  }
  if (most < 0 || (<i32>least === most && !anyMissing)) return;
  if (<i32>least === most) tryBin(state, start, end, column, least, s.missingBin, byMoments);
  else tryCut(state, start, end, column, least, most, byMoments);
}

function tryCut(
  state: usize,
  start: usize,
  end: usize,
  column: u32,
  least: u32,
  most: u32,
  byMoments: bool,
): void {
  const positions = s.place(state, s.positions) + ((<usize>column * s.missingBin) << 3);
  const from = load<f64>(positions + ((<usize>least) << 3));
  const to = load<f64>(positions + ((<usize>most) << 3));
  const share = <f64>below(state, thresholdSteps) / <f64>thresholdSteps;
  const cut = from + (to - from) * share;
  let bin = least;
  while (bin + 1 < most && load<f64>(positions + ((<usize>(bin + 1)) << 3)) <= cut) bin++;
  const before = load<f64>(state, s.bestScore);
  tryBin(state, start, end, column, bin, bin + 1, byMoments);
  if (load<f64>(state, s.bestScore) > before) store<f64>(state, cut, s.bestCut);
}

function tryBin(
  state: usize,
  start: usize,
  end: usize,
  column: u32,
  bin: u32,
  nextBin: u32,
  byMoments: bool,
): void {
  if (byMoments) tryBinMoments(state, start, end, column, bin, nextBin);
  else tryBinClasses(state, start, end, column, bin, nextBin);
}

/** Left rows first, each side in the order that it had; returns the number of left ones. */
function partition(state: usize, start: usize, end: usize): u32 {
  const column = load<u32>(state, s.bestColumn);
  const bins = s.binsOf(state, column);
  const bin = load<u32>(state, s.bestBin);
  // Missing values are in the last bin: below every bound but this one.
  const missingLeft = load<u32>(state, s.bestMissingLeft) !== 0;
  const spare = s.place(state, s.spare);
  let left = start;
  let right = spare;
  for (let k = start; k < end; k += 4) {
    const row = load<u32>(k);
    const at = <u32>load<u8>(bins + <usize>row);
    const isLeft = at <= bin || (missingLeft && at === s.missingBin);
    store<u32>(left, row);
    store<u32>(right, row);
    left += isLeft ? 4 : 0;
    right += isLeft ? 0 : 4;
  }
  memory.copy(left, spare, right - spare);
  return <u32>((left - start) >> 2);
}
