// A target of numbers: the values, where they can be told apart.
import type { Column } from '@ridgeline/tabular';
import { targetInvalid } from './target-invalid.ts';

/** Squares of it, and sums of them, are finite. */
const largestTarget = 1e37;
const smallestRange = 1e-30;
/** Leaves some hundred float32 numbers between the least target and the greatest. */
const smallestShare = 2 ** -17;
const rescale = 'subtract a number from the target, or multiply it by one, and search again';

/** One a row of `rows`, not all the same. @throws AutoMLError TARGET_INVALID. */
export function numberTarget(column: Column, rows: Int32Array): Float64Array {
  const values = numbersOf(column, rows);
  const { name } = column;
  if (values.every((value) => value === values[0])) {
    const what = `is ${values[0]} in every row, so that there is nothing to predict`;
    throw targetInvalid(name, what, 'name another column, or give more rows');
  }
  checkResolution(name, values);
  return values;
}

/** Trials are judged by float32: where it cannot tell the targets apart, every score would be wrong. */
function checkResolution(name: string, values: Float64Array): void {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const size = Math.max(-least, most);
  if (size > largestTarget) {
    throw targetInvalid(
      name,
      `goes up to ${size}; at most ${largestTarget} can be predicted`,
      rescale,
    );
  }
  if (most - least < Math.max(smallestRange, size * smallestShare)) {
    const what = `is from ${least} to ${most}, which is too close together to tell apart`;
    throw targetInvalid(name, what, rescale);
  }
}

/** One a row of `rows`. @throws AutoMLError TARGET_INVALID where one is no finite number. */
export function numbersOf(column: Column, rows: Int32Array): Float64Array {
  const { name } = column;
  if (column.type === 'string') {
    const text = column.dictionary.find((value) => !Number.isFinite(Number(value)));
    const example = text === undefined ? '' : `, such as '${text.slice(0, 40)}'`;
    const advice =
      'a regression needs numbers: correct the column, or set the task to classification';
    throw targetInvalid(name, `holds text${example}`, advice);
  }
  if (column.type === 'datetime') {
    throw targetInvalid(
      name,
      'holds times',
      'a regression needs numbers: give the time as a number',
    );
  }
  const values = Float64Array.from(rows, (row) => column.values[row]);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong === -1) return values;
  const where = `is ${values[wrong]} in row ${rows[wrong] + 1}`;
  throw targetInvalid(name, where, 'a target is a finite number: remove the row or correct it');
}
