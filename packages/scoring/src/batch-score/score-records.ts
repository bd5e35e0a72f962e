// Scores one batch of CSV records: the rows that can be scored in one call of the model, the
// others each with its reason.

import { Matrix } from '@ridgeline/learn';
import type { LoadedModel } from '@ridgeline/learn/model-folder';
import type { CsvRecord } from '@ridgeline/tabular';
import type { PlannedColumn } from './column-plan.ts';
import { readNumber } from './read-number.ts';

export interface RowFailure {
  /** 1-based number of the data row; the header is not counted. */
  readonly row: number;
  readonly reason: string;
}

export interface ScoredRecords {
  /** One per record, in their order; null where there is no score. */
  readonly scores: readonly (number | null)[];
  readonly failures: readonly RowFailure[];
}

export function scoreRecords(
  model: Pick<LoadedModel, 'predict'>,
  columns: readonly PlannedColumn[],
  records: readonly CsvRecord[],
): ScoredRecords {
  const features = new Float64Array(records.length * columns.length);
  const scorable: number[] = [];
  const scores = new Array<number | null>(records.length).fill(null);
  const failures: RowFailure[] = [];
  for (const [index, record] of records.entries()) {
    const offset = scorable.length * columns.length;
    const reason = record.problem ?? readFeatures(record, columns, features, offset);
    if (reason === null) scorable.push(index);
    else failures.push({ row: record.rowNumber, reason });
  }
  predict(model, features, columns.length, scorable).forEach((score, position) => {
    const index = scorable[position] ?? -1;
    if (Number.isFinite(score)) scores[index] = score;
    else failures.push({ row: records[index]?.rowNumber ?? 0, reason: notFinite });
  });
  failures.sort((a, b) => a.row - b.row);
  return { scores, failures };
}

const notFinite = 'the score is not a finite number; the values of the row are too large';

/** Fills one row of the features; returns why it cannot, or null. */
function readFeatures(
  record: CsvRecord,
  columns: readonly PlannedColumn[],
  features: Float64Array,
  offset: number,
): string | null {
  for (const [position, column] of columns.entries()) {
    const value = readNumber(record.fields[column.index], column);
    if (typeof value === 'string') return value;
    features[offset + position] = value;
  }
  return null;
}

function predict(
  model: Pick<LoadedModel, 'predict'>,
  features: Float64Array,
  columnCount: number,
  scorable: readonly number[],
): Float64Array {
  const rowCount = scorable.length;
  if (rowCount === 0) return new Float64Array(0);
  const values = features.subarray(0, rowCount * columnCount);
  return model.predict(new Matrix(rowCount, columnCount, values));
}
