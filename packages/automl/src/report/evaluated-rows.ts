// The rows that the chosen model is judged on, with truth and prediction: what the plots are made of.
import { type Label, Matrix } from '@ridgeline/learn';
import type { Column, Table } from '@ridgeline/tabular';
import type { SearchInput, SearchResult } from '../search/search-types.ts';

export interface NumberRows {
  readonly kind: 'numbers';
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
}

export interface ClassRows {
  readonly kind: 'classes';
  readonly classes: readonly Label[];
  /** The true class of each row, as an index into `classes`. */
  readonly codes: Int32Array;
  readonly probabilities: Matrix;
  /** The class that binary curves are about. */
  readonly positive: number;
}

export type EvaluatedRows = NumberRows | ClassRows;

/** Rows held out in the search, predicted by models that did not see them; null without any. */
export function heldOutRows(input: SearchInput, result: SearchResult): EvaluatedRows | null {
  const { rows, predictions, probabilities } = result.outOfFold;
  if (rows.length === 0) return null;
  const column = (input.validation ?? input.train).column(result.settings.targetColumn);
  const { classes } = result.model;
  if (classes === null) {
    if (predictions === null) return null;
    return { kind: 'numbers', truth: numbersAt(column, rows), predicted: predictions };
  }
  if (probabilities === null) return null;
  const codes = codesAt(column, rows, classes);
  const matrix = new Matrix(rows.length, classes.length, probabilities);
  return { kind: 'classes', classes, codes, probabilities: matrix, positive: positiveOf(result) };
}

/** The rows of a table whose target is known to the model. */
export function rowsWithTarget(table: Table, result: SearchResult): Int32Array {
  const column = table.column(result.settings.targetColumn);
  const all = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const { classes } = result.model;
  if (classes !== null) {
    const codes = codesAt(column, all, classes);
    return all.filter((row) => codes[row] >= 0);
  }
  const values = numbersAt(column, all);
  return all.filter((row) => Number.isFinite(values[row]));
}

export function numbersAt(column: Column, rows: Int32Array): Float64Array {
  if (column.type === 'string') {
    const numbers = column.dictionary.map((text) =>
      text.trim() === '' ? Number.NaN : Number(text),
    );
    return Float64Array.from(rows, (row) => numbers[column.codes[row]] ?? Number.NaN);
  }
  return Float64Array.from(rows, (row) => column.values[row]);
}

/** The index of each row's class; -1 where the target is missing or no class of the model. */
export function codesAt(column: Column, rows: Int32Array, classes: readonly Label[]): Int32Array {
  const codeOf = new Map(classes.map((label, code) => [String(label), code]));
  return Int32Array.from(rows, (row) => codeOf.get(textAt(column, row)) ?? -1);
}

/** The class that binary metrics are about: the one named, else the last. */
export function positiveOf({ model, settings }: SearchResult): number {
  const classes = model.classes ?? [];
  const named = classes.findIndex((label) => String(label) === settings.positiveLabel);
  return named >= 0 ? named : classes.length - 1;
}

function textAt(column: Column, row: number): string {
  if (column.type === 'string') return column.dictionary[column.codes[row]] ?? '';
  const value = column.values[row];
  if (column.type !== 'boolean') return String(value + 0);
  return Number.isNaN(value) ? '' : String(value === 1);
}
