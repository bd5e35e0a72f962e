// A target of classes: their labels in order, and each row's by its place there.
import type { Label } from '@ridgeline/learn';
import type { Column, ColumnType } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';
import { targetInvalid } from './target-invalid.ts';

export interface ClassTarget {
  /** Codes. */
  readonly values: Float64Array;
  /** Numbers ascending, false before true, text by code unit. */
  readonly classes: readonly Label[];
}

const mostClasses = 1_000;

/** The code of the class that binary metrics are about; null: the default. @throws AutoMLError SETTING_INVALID. */
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

/** The code of the class of each row of `rows`, and the classes. @throws AutoMLError TARGET_INVALID. */
export function classTarget(column: Column, rows: Int32Array): ClassTarget {
  const { name, type } = column;
  if (type === 'datetime')
    throw targetInvalid(name, 'holds times', 'classes are text, numbers or booleans');
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
  return { values, classes };
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
    throw targetInvalid(name, what, 'a classification needs two classes: give rows of another one');
  }
  if (count === rowCount && count > 2) {
    const advice = 'it looks like an id: name another column';
    const orNumber = type === 'string' ? '' : ', or set the task to regression';
    throw targetInvalid(
      name,
      `is different in every one of ${rowCount} rows`,
      `${advice}${orNumber}`,
    );
  }
  if (count > mostClasses) {
    const advice = type === 'string' ? 'merge rare classes' : 'set the task to regression';
    throw targetInvalid(
      name,
      `has ${count} classes; at most ${mostClasses} can be told apart`,
      advice,
    );
  }
  const isMeasured = type === 'double' && classes.some((label) => !Number.isInteger(label));
  if (isMeasured && count > Math.max(20, rowCount / 10)) {
    throw targetInvalid(
      name,
      `holds ${count} distinct decimal numbers`,
      'set the task to regression',
    );
  }
}

/** @throws AutoMLError TARGET_INVALID where a number is not finite. */
export function labelAt(column: Column, row: number): Label {
  if (column.type === 'string') return column.dictionary[column.codes[row]];
  const value = column.values[row];
  if (column.type === 'boolean') return value === 1;
  if (Number.isFinite(value)) return value + 0;
  const where = `is ${value} in row ${row + 1}`;
  throw targetInvalid(
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

function shown(label: Label): string {
  return typeof label === 'string' ? `'${label.slice(0, 100)}'` : String(label);
}
