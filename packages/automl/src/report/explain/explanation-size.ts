// How much of an explanation its time allows: rows that may be predicted, and how they are shared out
// among columns, repeats and rows. Owns no explanation.
import type { Table } from '@ridgeline/tabular';
import type { SearchResult } from '../../search/search-types.ts';

/** A wider table is explained by so many columns one by one, and by the others together. */
const mostColumns = 100;
const fewestColumns = 5;
const mostRepeats = 5;
const fewestRepeats = 2;
/** Rows that each repeat has before there are more repeats. */
const rowsOfRepeat = 100;
const fewestRows = 30;
/** Cells that are predicted from for an explanation. */
const mostCells = 10_000_000;
/** Rows that the model's time is measured on, the first of them also for what is compiled and cached. */
const timedRows = 200;
const firstRows = 20;
/** Milliseconds of those from which they are measure enough. */
const slowFirst = 50;
const leastMs = 1_000;
const shareOfBudget = 0.05;
/** Predictions are not all that an explanation does. */
const shareOfPredictions = 0.8;

/** Columns to explain one by one, at most. */
export function columnLimit(predictions: number): number {
  const affordable = Math.floor(predictions / (fewestRepeats * fewestRows));
  return Math.min(mostColumns, Math.max(fewestColumns, affordable));
}

export function permutationSize(predictions: number, columnCount: number) {
  const affordable = Math.floor(predictions / (columnCount * rowsOfRepeat));
  const nRepeats = Math.min(mostRepeats, Math.max(fewestRepeats, affordable));
  const rowCount = Math.max(fewestRows, Math.floor(predictions / (nRepeats * columnCount + 1)));
  return { nRepeats, rowCount };
}

/**
 * Rows that may be predicted for each half of an explanation, the importances and the contributions:
 * within a second or 5 % of the search's time. In powers of two, or by tens of the model's time where
 * the search had no limit, so that small differences of time do not change what is explained.
 */
export function predictionBudget(
  { model, settings: { timeBudgetSeconds } }: SearchResult,
  table: Table,
  known: Int32Array,
  now: () => number,
): number {
  const columns = model.inputs.map(({ name }) => name);
  const rows = (count: number) => table.takeRows(known.subarray(0, count)).select(columns);
  const microseconds = microsecondsPerRow((some) => model.predict(some), rows, now);
  const mostRows = Math.ceil(mostCells / columns.length);
  return Math.min(mostRows, rowsInTime(microseconds, timeBudgetSeconds));
}

/** @param seconds of the search; null without a limit. */
export function rowsInTime(microsecondsPerRow: number, seconds: number | null): number {
  if (seconds === null) {
    return microsecondsPerRow <= 50 ? 100_000 : microsecondsPerRow <= 500 ? 20_000 : 4_000;
  }
  const limitMs = Math.max(leastMs, shareOfBudget * 1000 * seconds);
  const halfMicroseconds = (limitMs * 1000 * shareOfPredictions) / 2;
  return 2 ** Math.floor(Math.log2(Math.max(1, halfMicroseconds / microsecondsPerRow)));
}

function microsecondsPerRow(
  predict: (table: Table) => unknown,
  rows: (count: number) => Table,
  now: () => number,
): number {
  const first = timed(predict, rows(firstRows), now);
  const isSlow = first.took > slowFirst;
  const { took, rowCount } = isSlow ? first : timed(predict, rows(timedRows), now);
  return Math.max(0.01, (took * 1000) / rowCount);
}

function timed(predict: (table: Table) => unknown, table: Table, now: () => number) {
  const started = now();
  predict(table);
  return { took: now() - started, rowCount: table.rowCount };
}
