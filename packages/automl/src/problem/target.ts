// The target column: which task it speaks for, whether it suits the task, and its values or classes.
// Every refusal says what the column holds and what would help.
import type { Label } from '@ridgeline/learn';
import type { Column, ColumnType, Table } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';

import { checkColumn } from './check-column.ts';
import type { Problem } from './problem.ts';

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

/** As many classes, or as few rows a class, speak for a number or an id and against classes. */
const mostClasses = 1_000;
const mostInferredClasses = 20;
/** Squares of it, and sums of them, are finite. */
const largestTarget = 1e37;
const smallestRange = 1e-30;
/** Leaves some hundred float32 numbers between the least target and the greatest. */
const smallestShare = 2 ** -17;
const rescale = 'subtract a number from the target, or multiply it by one, and search again';

/** Whole numbers of few distinct values, text and booleans are classes; other numbers are values. */
export function inferTask(table: Table, targetColumn: string): Problem['task'] {
  const column = table.column(targetColumn);
  if (column.type === 'string' || column.type === 'boolean') return 'classification';
  if (column.type !== 'long') return 'regression';
  const distinct = new Set(column.values);
  return distinct.size <= Math.min(mostInferredClasses, table.rowCount / 10)
    ? 'classification'
    : 'regression';
}

/** @throws AutoMLError TARGET_INVALID, DATA_TOO_SMALL. */
export function targetOf(
  table: Table,
  name: string,
  task: 'regression' | 'classification',
): Target {
  const column = table.column(name);
  const rows = presentRows(column, table.rowCount);
  if (table.rowCount === 0) throw invalid(name, 'has no rows', 'give data with rows');
  if (rows.length === 0) throw invalid(name, 'has no value in any row', 'name another column');
  return task === 'regression' ? numberTarget(column, rows) : classTarget(column, rows);
}

/**
 * The target of other rows (a validation table's) by the classes of the first.
 * @throws AutoMLError TARGET_INVALID where a class was never trained on.
 */
export function targetLike(known: Target, table: Table): Target {
  const column = table.column(known.name);
  const rows = presentRows(column, table.rowCount);
  if (rows.length === 0)
    throw invalid(known.name, 'has no value in any row to validate on', 'fill it in');
  if (known.classes === null) return { ...known, rows, values: numbersOf(column, rows) };
  const codes = new Map(known.classes.map((label, code) => [String(label), code]));
  const values = Float64Array.from(rows, (row) => codes.get(String(labelAt(column, row))) ?? -1);
  const kept = rows.filter((_, i) => values[i] >= 0);
  return { ...known, rows: kept, values: values.filter((code) => code >= 0) };
}

function numberTarget(column: Column, rows: Int32Array): Target {
  const values = numbersOf(column, rows);
  const { name, type } = column;
  if (values.every((value) => value === values[0])) {
    const what = `is ${values[0]} in every row, so that there is nothing to predict`;
    throw invalid(name, what, 'name another column, or give more rows');
  }
  checkResolution(name, values);
  return { name, type, rows, values, classes: null };
}

/** Trials are judged by float32: where it cannot tell the targets apart, every score would be wrong. */
function checkResolution(name: string, values: Float64Array): void {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const size = Math.max(-least, most);
  if (size > largestTarget) {
    throw invalid(name, `goes up to ${size}; at most ${largestTarget} can be predicted`, rescale);
  }
  if (most - least < Math.max(smallestRange, size * smallestShare)) {
    const what = `is from ${least} to ${most}, which is too close together to tell apart`;
    throw invalid(name, what, rescale);
  }
}

function numbersOf(column: Column, rows: Int32Array): Float64Array {
  const { name } = column;
  if (column.type === 'string') {
    const text = column.dictionary.find((value) => !Number.isFinite(Number(value)));
    const example = text === undefined ? '' : `, such as '${text.slice(0, 40)}'`;
    const advice =
      'a regression needs numbers: correct the column, or set the task to classification';
    throw invalid(name, `holds text${example}`, advice);
  }
  if (column.type === 'datetime') {
    throw invalid(name, 'holds times', 'a regression needs numbers: give the time as a number');
  }
  const values = Float64Array.from(rows, (row) => column.values[row]);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong === -1) return values;
  const where = `is ${values[wrong]} in row ${rows[wrong] + 1}`;
  throw invalid(name, where, 'a target is a finite number: remove the row or correct it');
}

function classTarget(column: Column, rows: Int32Array): Target {
  const { name, type } = column;
  if (type === 'datetime')
    throw invalid(name, 'holds times', 'classes are text, numbers or booleans');
  const seen = new Map<Label, number>();
  const firstCodes = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const label = labelAt(column, rows[i]);
    const known = seen.get(label);
    firstCodes[i] = known ?? seen.size;
    if (known === undefined) seen.set(label, seen.size);
  }
  const labels = [...seen.keys()];
  const classes = labels.toSorted(compareLabels);
  checkClasses(name, type, classes, rows.length);
  const codeOf = new Map(classes.map((label, code) => [label, code]));
  const codes = labels.map((label) => codeOf.get(label) ?? 0);
  const values = firstCodes.map((code) => codes[code]);
  return { name, type, rows, values, classes };
}

function checkClasses(
  name: string,
  type: ColumnType,
  classes: readonly Label[],
  rowCount: number,
): void {
  const count = classes.length;
  if (count === 1) {
    const what = `is ${shown(classes[0])} in every row, so that there is nothing to predict`;
    throw invalid(name, what, 'a classification needs two classes: give rows of another one');
  }
  if (count === rowCount && count > 2) {
    const advice = 'it looks like an id: name another column';
    const orNumber = type === 'string' ? '' : ', or set the task to regression';
    throw invalid(name, `is different in every one of ${rowCount} rows`, `${advice}${orNumber}`);
  }
  if (count > mostClasses) {
    const advice = type === 'string' ? 'merge rare classes' : 'set the task to regression';
    throw invalid(name, `has ${count} classes; at most ${mostClasses} can be told apart`, advice);
  }
  const isMeasured = type === 'double' && classes.some((label) => !Number.isInteger(label));
  if (isMeasured && count > Math.max(20, rowCount / 10)) {
    throw invalid(name, `holds ${count} distinct decimal numbers`, 'set the task to regression');
  }
}

function labelAt(column: Column, row: number): Label {
  if (column.type === 'string') return column.dictionary[column.codes[row]];
  const value = column.values[row];
  if (column.type === 'boolean') return value === 1;
  if (Number.isFinite(value)) return value + 0;
  const where = `is ${value} in row ${row + 1}`;
  throw invalid(
    column.name,
    where,
    'a class is text, a finite number or a boolean: correct the row',
  );
}

function compareLabels(a: Label, b: Label): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function presentRows({ missing }: Column, rowCount: number): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  return missing === null ? rows : rows.filter((row) => missing[row] !== 1);
}

function shown(label: Label): string {
  return typeof label === 'string' ? `'${label.slice(0, 100)}'` : String(label);
}

function invalid(column: string, what: string, advice: string): AutoMLError {
  return new AutoMLError('TARGET_INVALID', `the target column '${column}' ${what}; ${advice}`, {
    column,
  });
}

/** The task of a column that need not be there. @throws AutoMLError COLUMN_NOT_FOUND. */
export function targetTask(table: Table, targetColumn: string): Problem['task'] {
  checkColumn(table, targetColumn);
  return inferTask(table, targetColumn);
}

/** The code of the class that binary metrics are about; null: the default. @throws TARGET_INVALID. */
export function positiveCode(
  classes: readonly Label[] | null,
  positiveLabel: string | null,
): number | null {
  if (classes === null || positiveLabel === null) return null;
  const code = classes.findIndex((label) => String(label) === positiveLabel);
  if (code >= 0) return code;
  const known = classes.slice(0, 10).map(String).join(', ');
  throw new AutoMLError(
    'SETTING_INVALID',
    `the setting positiveLabel is '${positiveLabel.slice(0, 100)}', which is no class; expected one of ${known}`,
  );
}
