// What the encodings of single columns have in common: the column that they read, the features that
// they make, and the error for a value that is not what the column holds.

import type { Cell, Column, ColumnType } from '@ridgeline/tabular';
import { LearnError } from '../errors.ts';

/** A column that a model reads. */
export interface InputColumn {
  readonly name: string;
  /** What its values are; a text of dates is `datetime`, a text of numbers `double`. */
  readonly type: ColumnType;
  /** Whether it must be there: false if values were missing in training. */
  readonly required: boolean;
}

/** A column of the features that an encoding makes. */
export interface EncodedFeature {
  readonly name: string;
  readonly kind: 'numeric' | 'categorical';
  /** Number of levels of a categorical feature; null of a numeric one. */
  readonly levelCount: number | null;
  /** Name of the input column that it is made from. */
  readonly source: string;
}

/** How one input column becomes features, after its fit. */
export interface Encoding {
  readonly input: InputColumn;
  /** At least one. */
  readonly features: readonly EncodedFeature[];
  /** One array a feature. Arrays may be the column's own. @throws LearnError DATA_TYPE_MISMATCH. */
  encodeColumn(column: Column): Float64Array[];
  /**
   * Writes the features of one cell to `out` from index `at` on. A datetime is an ISO text or
   * milliseconds since 1970 UTC. @throws LearnError DATA_TYPE_MISMATCH, DATA_NOT_FINITE.
   */
  encodeCell(cell: Cell, out: Float64Array, at: number): void;
}

/** A numeric feature that has the name of its column. */
export function numericFeature(input: InputColumn): EncodedFeature {
  return { name: input.name, kind: 'numeric', levelCount: null, source: input.name };
}

/** @param row from 0, or null where a single row is encoded. */
export function typeMismatch(
  column: string,
  row: number | null,
  found: unknown,
  expected: string,
): LearnError {
  const shown = shownValue(found);
  const where = row === null ? '' : `, row ${row} (from 0)`;
  return new LearnError(
    'DATA_TYPE_MISMATCH',
    `column '${column}'${where} holds ${shown}; expected ${expected}, as in training, or nothing`,
  );
}

/** An object may come from JSON, and would be asked for a text of its own making. */
function shownValue(found: unknown): string {
  if (typeof found === 'string') return `'${found.slice(0, 40)}'`;
  return typeof found === 'object' && found !== null ? 'an object' : String(found);
}

/** @throws LearnError DATA_NOT_FINITE for an infinity; NaN is a missing value and passes. */
export function checkNotInfinite(value: number, column: string, row: number | null): void {
  if (Math.abs(value) !== Number.POSITIVE_INFINITY) return;
  const where = row === null ? '' : `, row ${row} (from 0)`;
  throw new LearnError(
    'DATA_NOT_FINITE',
    `column '${column}'${where} is ${value}; expected a finite number: correct the cell, or leave it empty if it is not known`,
  );
}
