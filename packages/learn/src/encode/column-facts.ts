// What must be known of a column to say what it is: counts over all of its rows.

import type { NumberColumn, StringColumn } from '@ridgeline/tabular';
import { checkNotInfinite } from './input-column.ts';

/** Distinct numbers are counted up to this many. */
export const maxDistinctNumbers = 1000;

export interface NumberFacts {
  readonly rowCount: number;
  readonly missingCount: number;
  /** Of the values that are there; NaN without any. */
  readonly min: number;
  readonly max: number;
  /** Counted up to `maxDistinctNumbers`. */
  readonly distinctCount: number;
  /** Whether nothing is missing and each value is above the one before it. */
  readonly isAscending: boolean;
}

export interface TextFacts {
  readonly rowCount: number;
  /** Rows without a text, empty ones included. */
  readonly missingCount: number;
  /** The distinct texts with their numbers of rows, in the order of the column's dictionary. */
  readonly levels: readonly TextLevel[];
}

export interface TextLevel {
  readonly text: string;
  readonly count: number;
}

/** @throws LearnError DATA_NOT_FINITE at the first infinity. */
export function numberFacts({ name, values }: NumberColumn): NumberFacts {
  const distinct = new Set<number>();
  let missingCount = 0;
  let min = Number.NaN;
  let max = Number.NaN;
  let isAscending = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) {
      missingCount++;
      continue;
    }
    checkNotInfinite(value, name, row);
    if (!(value >= min)) min = value;
    if (!(value <= max)) max = value;
    if (isAscending && row > 0) isAscending = value > values[row - 1];
    if (distinct.size < maxDistinctNumbers) distinct.add(value);
  }
  const rowCount = values.length;
  isAscending = isAscending && missingCount === 0;
  return { rowCount, missingCount, min, max, distinctCount: distinct.size, isAscending };
}

export function textFacts({ codes, dictionary }: StringColumn): TextFacts {
  const counts = new Int32Array(dictionary.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const levels = dictionary
    .map((text, code) => ({ text, count: counts[code] }))
    .filter(({ text, count }) => count > 0 && text !== '');
  const present = levels.reduce((sum, { count }) => sum + count, 0);
  return { rowCount: codes.length, missingCount: codes.length - present, levels };
}
