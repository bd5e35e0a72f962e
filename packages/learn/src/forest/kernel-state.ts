// Where the fields of a kernel's search lie in its block of state; the other side of this table is
// kernels/forest/state.as.ts. Bytes from the start of the block.

export const stateBytes = 192;

export const stateAt = {
  rowCount: 0,
  columnCount: 4,
  columnsPerNode: 8,
  minSamplesLeaf: 12,
  randomThresholds: 16,
  kind: 20,
  classCount: 24,
  randomState: 28,
  bins: 32,
  target: 36,
  weights: 40,
  rows: 44,
  spare: 48,
  columns: 52,
  positions: 56,
  histogram: 60,
  counts: 64,
  touched: 68,
  localOf: 72,
  total: 76,
  left: 80,
  missing: 84,
  outputCount: 92,
  nodeWeight: 96,
  bestColumn: 144,
  bestBin: 148,
  bestNextBin: 152,
  bestMissingLeft: 156,
  bestCut: 160,
  gain: 168,
  middle: 176,
  values: 180,
} as const;

/** What the kernels know a target by. */
export const targetKinds = { moments: 0, gini: 1, entropy: 2 } as const;
