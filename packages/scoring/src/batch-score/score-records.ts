// Scores one batch of CSV records: the rows that can be scored in one call of the model, the
// others each with its reason.

import { LearnError, type TabularModel } from '@ridgeline/learn';
import { predictRows, predictRowsProbabilities } from '@ridgeline/learn/model-folder';
import type { Cell, CsvRecord } from '@ridgeline/tabular';
import type { PlannedColumn } from './column-plan.ts';
import { readCell } from './read-cell.ts';

export interface RowFailure {
  /** 1-based number of the data row; the header is not counted. */
  readonly row: number;
  readonly reason: string;
}

/** What is written beside a row: the score and, if asked, the probabilities. */
export type RowScores = readonly (string | number | boolean)[];

export interface ScoredRecords {
  /** One per record, in their order; null where there is no score. */
  readonly scores: readonly (RowScores | null)[];
  readonly failures: readonly RowFailure[];
}

export interface BatchModel {
  readonly tabular: TabularModel;
  readonly withProbabilities: boolean;
}

export function scoreRecords(
  model: BatchModel,
  columns: readonly PlannedColumn[],
  records: readonly CsvRecord[],
): ScoredRecords {
  const rows: Cell[][] = [];
  const scorable: number[] = [];
  const scores = new Array<RowScores | null>(records.length).fill(null);
  const failures: RowFailure[] = [];
  for (const [index, record] of records.entries()) {
    const row = record.problem ?? readRow(record, columns);
    if (typeof row === 'string') failures.push({ row: record.rowNumber, reason: row });
    else {
      rows.push(row);
      scorable.push(index);
    }
  }
  scoreRows(model, rows).forEach((score, position) => {
    const index = scorable[position];
    if (typeof score === 'string') failures.push({ row: records[index].rowNumber, reason: score });
    else scores[index] = score;
  });
  failures.sort((a, b) => a.row - b.row);
  return { scores, failures };
}

const notFinite = 'the score is not a finite number; the values of the row are too large';

/** The cells of one row, or why there are none. */
function readRow(record: CsvRecord, columns: readonly PlannedColumn[]): Cell[] | string {
  const cells: Cell[] = [];
  for (const column of columns) {
    const read = readCell(record.fields[column.index], column);
    if ('reason' in read) return read.reason;
    cells.push(read.cell);
  }
  return cells;
}

/** One a row: what is written, or why there is nothing. */
function scoreRows(model: BatchModel, rows: readonly Cell[][]): readonly (RowScores | string)[] {
  try {
    return scoresOf(model, rows);
  } catch (error) {
    if (!(error instanceof LearnError)) throw error;
    // One by one, so that the rows that can be scored are.
    return rows.map((row) => scoreRow(model, row));
  }
}

function scoreRow(model: BatchModel, row: readonly Cell[]): RowScores | string {
  try {
    return scoresOf(model, [row])[0];
  } catch (error) {
    if (error instanceof LearnError) return error.message.replace(/^row 0 \(from 0\): /, '');
    throw error;
  }
}

function scoresOf(
  { tabular, withProbabilities }: BatchModel,
  rows: readonly (readonly Cell[])[],
): (RowScores | string)[] {
  if (rows.length === 0) return [];
  const labels = predictRows(tabular, rows);
  const probabilities = withProbabilities ? predictRowsProbabilities(tabular, rows) : null;
  return labels.map((label, i) => {
    if (typeof label === 'number' && !Number.isFinite(label)) return notFinite;
    return [label, ...(probabilities?.[i] ?? [])];
  });
}
