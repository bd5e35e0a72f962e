// Where the fields of a search lie in its block of state. The caller's side of this table is
// src/forest/kernel-state.ts.

/** Of what a target is: sums of a number, or weights of classes by gini or entropy. */
export const moments: u32 = 0;
export const entropy: u32 = 2;

/** Bins 0 to 254 hold values, the last one what is missing. */
export const missingBin: u32 = 255;

export const rowCount: usize = 0;
export const columnCount: usize = 4;
export const columnsPerNode: usize = 8;
export const minSamplesLeaf: usize = 12;
export const randomThresholds: usize = 16;
export const kind: usize = 20;
export const classCount: usize = 24;
export const randomState: usize = 28;
export const bins: usize = 32;
export const target: usize = 36;
export const weights: usize = 40;
export const rows: usize = 44;
export const spare: usize = 48;
export const columns: usize = 52;
export const positions: usize = 56;
export const histogram: usize = 60;
export const counts: usize = 64;
export const touched: usize = 68;
export const localOf: usize = 72;
export const total: usize = 76;
export const left: usize = 80;
export const missing: usize = 84;
export const localCount: usize = 88;
export const outputCount: usize = 92;
export const nodeWeight: usize = 96;
export const nodeSum: usize = 104;
export const nodeCount: usize = 112;
export const missingCount: usize = 116;
export const missingWeight: usize = 120;
export const missingSum: usize = 128;
export const bestScore: usize = 136;
export const bestColumn: usize = 144;
export const bestBin: usize = 148;
export const bestNextBin: usize = 152;
export const bestMissingLeft: usize = 156;
export const bestCut: usize = 160;
export const gain: usize = 168;
export const middle: usize = 176;
export const values: usize = 180;

/** The address that a field holds. */
export function place(state: usize, field: usize): usize {
  return <usize>load<u32>(state + field);
}

/** Where the bins of a column begin. */
export function binsOf(state: usize, column: u32): usize {
  return place(state, bins) + <usize>column * <usize>load<u32>(state, rowCount);
}

/** Adds a bin to the set of those that a column's rows have touched. */
export function touch(set: usize, bin: u32): void {
  const word = set + ((bin >> 6) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (bin & 63)));
}

/** Takes the candidate if it is better; of equals the first stays. */
export function offerBest(
  state: usize,
  score: f64,
  column: u32,
  bin: u32,
  nextBin: u32,
  missingLeft: bool,
): void {
  if (!(score > load<f64>(state, bestScore))) return;
  store<f64>(state, score, bestScore);
  store<u32>(state, column, bestColumn);
  store<u32>(state, bin, bestBin);
  store<u32>(state, nextBin, bestNextBin);
  store<u32>(state, missingLeft ? 1 : 0, bestMissingLeft);
  store<f64>(state, NaN, bestCut);
}
