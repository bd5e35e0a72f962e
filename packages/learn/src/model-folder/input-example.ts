// The example of a model's input, as a file beside it. Cells are written as clients send them, so that
// Python's readers take the example as it stands.

import type { Cell, Column } from '@ridgeline/tabular';
import type { ColumnEncoding } from '../encode/column-encoding.ts';
import { parseDateIn } from '../encode/date-formats.ts';
import type { EncodableTable } from '../encode/fitted-table-encoder.ts';
import { numberOfText } from '../encode/text-values.ts';
import { LearnError } from '../errors.ts';
import { sentType } from '../onnx/raw-input.ts';
import type { TabularModel } from '../tabular-model/tabular-model.ts';

/** Rows of cells, one a column of `model.inputs`; or a table that has those columns. */
export type ExampleRows = readonly (readonly Cell[])[] | EncodableTable;

export interface InputExample {
  readonly columns: readonly string[];
  readonly data: readonly (readonly Cell[])[];
}

/**
 * Null where no rows are given.
 * @throws LearnError DATA_EMPTY, DATA_RAGGED, SHAPE_MISMATCH, DATA_NOT_FINITE, DATA_TYPE_MISMATCH.
 */
export function exampleOf(
  model: TabularModel,
  given: ExampleRows | undefined,
): InputExample | null {
  if (given === undefined) return null;
  const rows = 'rowCount' in given ? rowsOf(model, given) : given;
  const [first] = rows;
  if (first === undefined) {
    throw new LearnError('DATA_EMPTY', 'the input example has no rows; give at least one');
  }
  const columns = model.inputs.map(({ name }) => name);
  if (first.length !== columns.length) {
    throw new LearnError(
      'SHAPE_MISMATCH',
      `the input example has ${first.length} columns, and the model takes ${columns.length}`,
    );
  }
  return { columns, data: rows.map((row, i) => exampleRow(model, row, i)) };
}

function exampleRow(model: TabularModel, row: readonly Cell[], index: number): Cell[] {
  if (row.length !== model.inputs.length) {
    throw new LearnError(
      'DATA_RAGGED',
      `row ${index} (from 0) of the input example has ${row.length} cells, and the first row has ${model.inputs.length}`,
    );
  }
  const notFinite = row.findIndex((cell) => typeof cell === 'number' && !Number.isFinite(cell));
  if (notFinite >= 0) {
    throw new LearnError(
      'DATA_NOT_FINITE',
      `row ${index}, column ${notFinite} (both from 0) of the input example is ${row[notFinite]}; give null where a value is missing`,
    );
  }
  model.encoder.encodeRow(row);
  return row.map((cell, i) => sentCell(cell, model.encoder.encodings[i]));
}

/** Times go as milliseconds, texts of numbers as numbers, and booleans as they are sent. */
function sentCell(cell: Cell, encoding: ColumnEncoding): Cell {
  const type = sentType(encoding.input);
  if (typeof cell === 'boolean') return type === 'boolean' ? cell : Number(cell);
  if (typeof cell === 'number' && type === 'boolean') return cell !== 0;
  if (typeof cell !== 'string' || type === 'string') return cell;
  const value =
    encoding.kind === 'datetime' ? parseDateIn(cell, encoding.formats) : numberOfText(cell);
  return value === null || Number.isNaN(value) ? null : value;
}

function rowsOf(model: TabularModel, table: EncodableTable): Cell[][] {
  const columns = model.inputs.map(({ name }) => table.column(name));
  return Array.from({ length: table.rowCount }, (_, row) => {
    return columns.map((column) => cellOf(column, row));
  });
}

function cellOf(column: Column, row: number): Cell {
  if (column.type === 'string') return column.dictionary[column.codes[row]] ?? null;
  const value = column.values[row];
  if (Number.isNaN(value)) return null;
  return column.type === 'boolean' ? value === 1 : value;
}
