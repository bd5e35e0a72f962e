// The target column of a table: the rows that have one, and their values or classes.
import type { Label } from '@ridgeline/learn';
import type { Column, ColumnType, Table } from '@ridgeline/tabular';
import { classTarget, labelAt } from './class-target.ts';
import { numbersOf, numberTarget } from './number-target.ts';
import { targetInvalid } from './target-invalid.ts';

export interface Target {
  readonly name: string;
  readonly type: ColumnType;
  /** Rows that have a target; the others are left out. */
  readonly rows: Int32Array;
  /** One a kept row: the value, or the code of its class. */
  readonly values: Float64Array;
  /** Numbers ascending, false before true, text by code unit; null for a regression. */
  readonly classes: readonly Label[] | null;
}

/** @throws AutoMLError TARGET_INVALID, DATA_TOO_SMALL. */
export function targetOf(
  table: Table,
  name: string,
  task: 'regression' | 'classification',
): Target {
  const column = table.column(name);
  const rows = presentRows(column, table.rowCount);
  if (table.rowCount === 0) throw targetInvalid(name, 'has no rows', 'give data with rows');
  if (rows.length === 0)
    throw targetInvalid(name, 'has no value in any row', 'name another column');
  const { type } = column;
  if (task === 'classification') return { name, type, rows, ...classTarget(column, rows) };
  return { name, type, rows, values: numberTarget(column, rows), classes: null };
}

/**
 * The target of other rows (a validation table's) by the classes of the first.
 * Rows of a class that was never trained on are left out. @throws AutoMLError TARGET_INVALID.
 */
export function targetLike(known: Target, table: Table): Target {
  const column = table.column(known.name);
  const rows = presentRows(column, table.rowCount);
  if (rows.length === 0)
    throw targetInvalid(known.name, 'has no value in any row to validate on', 'fill it in');
  if (known.classes === null) return { ...known, rows, values: numbersOf(column, rows) };
  const codes = new Map(known.classes.map((label, code) => [String(label), code]));
  const values = Float64Array.from(rows, (row) => codes.get(String(labelAt(column, row))) ?? -1);
  const kept = rows.filter((_, i) => values[i] >= 0);
  return { ...known, rows: kept, values: values.filter((code) => code >= 0) };
}

function presentRows({ missing }: Column, rowCount: number): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  return missing === null ? rows : rows.filter((row) => missing[row] !== 1);
}
