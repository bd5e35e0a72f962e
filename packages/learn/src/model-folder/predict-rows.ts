// Predictions for rows of cells. Many rows go through the model as one table; a few, and rows whose
// cells are not what their column holds, go one by one, so that an error names its row.

import type { Cell, Column, NumberColumn, StringColumn } from '@ridgeline/tabular';
import type { InputColumn } from '../encode/input-column.ts';
import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';
import type { TabularModel } from '../tabular-model/tabular-model.ts';
import { tableOf } from './table-of-columns.ts';

type Rows = readonly (readonly Cell[])[];

/** From so many rows on, a table is the faster way. */
const tableFromRows = 8;

/** @throws LearnError SHAPE_MISMATCH, DATA_TYPE_MISMATCH, DATA_NOT_FINITE naming the row. */
export function predictRows(model: TabularModel, rows: Rows): readonly Label[] {
  const columns = columnsOf(model, rows);
  if (columns === null) return rows.map((row, i) => inRow(i, () => model.predictRow(row)));
  return Array.from<Label>(model.predict(tableOf(columns, rows.length)));
}

/**
 * One list of probabilities a row, in the order of the classes.
 * @throws LearnError PARAMETER_INVALID for a regression; and as `predictRows`.
 */
export function predictRowsProbabilities(model: TabularModel, rows: Rows): number[][] {
  const columns = columnsOf(model, rows);
  if (columns === null) {
    return rows.map((row, i) => inRow(i, () => [...model.predictRowProbabilities(row)]));
  }
  const { values, columnCount } = model.predictProbabilities(tableOf(columns, rows.length));
  return rows.map((_, i) => [...values.subarray(i * columnCount, (i + 1) * columnCount)]);
}

function inRow<Result>(row: number, predict: () => Result): Result {
  try {
    return predict();
  } catch (cause) {
    if (!(cause instanceof LearnError)) throw cause;
    throw new LearnError(cause.code, `row ${row} (from 0): ${cause.message}`, { cause });
  }
}

/** Null where the rows are few, or a cell is not of its column's type. */
function columnsOf(model: TabularModel, rows: Rows): readonly Column[] | null {
  const { inputs } = model;
  if (rows.length < tableFromRows) return null;
  if (rows.some((row) => row.length !== inputs.length)) return null;
  const columns: Column[] = [];
  for (const [j, input] of inputs.entries()) {
    const column = columnOf(input, rows, j);
    if (column === null) return null;
    columns.push(column);
  }
  return columns;
}

function columnOf(input: InputColumn, rows: Rows, at: number): Column | null {
  if (input.type === 'string') return textColumn(input, rows, at);
  // Times come as text or as milliseconds.
  const times = input.type === 'datetime' ? textColumn(input, rows, at) : null;
  return times ?? numbers(input, rows, at);
}

function numbers({ name, type }: InputColumn, rows: Rows, at: number): NumberColumn | null {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < values.length; i++) {
    const cell = rows[i][at];
    if (typeof cell === 'number' && Number.isFinite(cell)) values[i] = cell;
    else if (cell === null) values[i] = Number.NaN;
    else if (typeof cell === 'boolean' && type === 'boolean') values[i] = cell ? 1 : 0;
    else return null;
  }
  // As numbers, booleans are checked to be 0 or 1.
  const numberType = type === 'datetime' ? 'datetime' : 'double';
  return { name, type: numberType, values, missing: null };
}

function textColumn({ name }: InputColumn, rows: Rows, at: number): StringColumn | null {
  const codes = new Int32Array(rows.length);
  const codeOf = new Map<string, number>();
  for (let i = 0; i < codes.length; i++) {
    const cell = rows[i][at];
    if (cell !== null && typeof cell !== 'string') return null;
    if (cell === null) codes[i] = -1;
    else {
      const code = codeOf.get(cell) ?? codeOf.size;
      codeOf.set(cell, code);
      codes[i] = code;
    }
  }
  return { name, type: 'string', codes, dictionary: [...codeOf.keys()], missing: null };
}
