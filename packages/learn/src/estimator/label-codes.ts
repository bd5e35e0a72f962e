// Classes as codes 0 to K - 1, which is what the numerics of every classifier work on. Owns the order
// of the classes; what a classifier does with its codes is its own.

import { LearnError } from '../errors.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Label } from './estimator.ts';

/** More classes than this are an identifier and no target. */
const maxClassCount = 10_000;

export interface EncodedLabels {
  /** At least 2, in the order of the codes. */
  readonly classes: readonly Label[];
  /** One code a row; `classes[code]` is the row's label. */
  readonly codes: Int32Array;
}

/**
 * The labels as codes.
 * @param classes all classes in the order of their codes, some of which `y` may lack; default: the
 * distinct labels of `y`, numbers ascending, false before true, else text by code unit.
 * @param rowCount how many labels there must be, if that is to be checked.
 * @throws LearnError SHAPE_MISMATCH, DATA_EMPTY, DATA_LABEL_INVALID for what is no finite number, text
 * or boolean, or not in `classes`, DATA_ONE_CLASS, DATA_OUT_OF_RANGE for more than 10,000 classes.
 */
export function encodeLabels(
  y: ArrayLike<Label>,
  classes?: readonly Label[],
  rowCount = y.length,
): EncodedLabels {
  checkLength(y.length, rowCount);
  const ordered = classes === undefined ? distinctLabels(y) : checkedClasses(classes);
  if (ordered.length < 2) throw oneClass(ordered);
  const codeOf = new Map(ordered.map((label, code) => [label, code]));
  const codes = new Int32Array(y.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codeOf.get(y[i]);
    if (code === undefined) throw unknownLabel(y[i], i);
    codes[i] = code;
  }
  return { classes: ordered, codes };
}

/** The most probable class a row, the first of equals. */
export function mostProbable(probabilities: Matrix, classes: readonly Label[]): Label[] {
  const { values, columnCount } = probabilities;
  return Array.from({ length: probabilities.rowCount }, (_, i) => {
    const row = i * columnCount;
    let best = 0;
    for (let k = 1; k < columnCount; k++) {
      if (values[row + k] > values[row + best]) best = k;
    }
    return classes[best];
  });
}

function distinctLabels(y: ArrayLike<Label>): readonly Label[] {
  const distinct = new Set<Label>();
  for (let i = 0; i < y.length; i++) {
    distinct.add(checkedLabel(y[i], `y at index ${i} (from 0)`));
    if (distinct.size > maxClassCount) throw tooManyClasses();
  }
  return [...distinct].sort(compareLabels);
}

function checkedClasses(classes: readonly Label[]): readonly Label[] {
  if (classes.length > maxClassCount) throw tooManyClasses();
  const checked = classes.map((label, k) => checkedLabel(label, `classes at index ${k} (from 0)`));
  if (new Set(checked).size === checked.length) return checked;
  throw new LearnError(
    'DATA_LABEL_INVALID',
    'the list of classes names a class twice; give each class once, in the order of the probabilities',
  );
}

function checkedLabel(label: unknown, where: string): Label {
  // Adding 0 makes 0 of -0, which JSON could not keep.
  if (typeof label === 'number' && Number.isFinite(label)) return label + 0;
  if (typeof label === 'string' || typeof label === 'boolean') return label;
  throw new LearnError(
    'DATA_LABEL_INVALID',
    `${where} is ${shown(label)}; a label is a text, a finite number, true or false; ` +
      'remove the rows without one',
  );
}

function compareLabels(a: Label, b: Label): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  const left = String(a);
  const right = String(b);
  if (left !== right) return left < right ? -1 : 1;
  return typeof a < typeof b ? -1 : 1;
}

function checkLength(length: number, rowCount: number): void {
  if (length === 0) {
    throw new LearnError('DATA_EMPTY', 'y has no labels; a classifier needs at least two rows');
  }
  if (length === rowCount) return;
  throw new LearnError(
    'SHAPE_MISMATCH',
    `y has ${length} values, and x has ${rowCount}; they need one value for each row`,
  );
}

function oneClass(classes: readonly Label[]): LearnError {
  return new LearnError(
    'DATA_ONE_CLASS',
    `${classes.length === 0 ? 'there is no class' : `the only class is ${shown(classes[0])}`}; ` +
      'a classifier needs at least two: give rows of another class, or name all with `classes`',
  );
}

function tooManyClasses(): LearnError {
  return new LearnError(
    'DATA_OUT_OF_RANGE',
    `there are more than ${maxClassCount} classes; a target with so many is most likely an ` +
      'identifier, or a number that a regressor should predict',
  );
}

function unknownLabel(label: unknown, row: number): LearnError {
  checkedLabel(label, `y at index ${row} (from 0)`);
  return new LearnError(
    'DATA_LABEL_INVALID',
    `y at index ${row} (from 0) is ${shown(label)}, which is not one of the classes given`,
  );
}

function shown(label: unknown): string {
  if (typeof label === 'string') return `'${label.slice(0, 100)}'`;
  if (typeof label === 'object' && label !== null) return 'an object';
  return String(label);
}
