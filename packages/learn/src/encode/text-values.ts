// Texts as numbers: a column's distinct texts are each converted once, and only those that a row uses.

import type { StringColumn } from '@ridgeline/tabular';
import { typeMismatch } from './input-column.ts';

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number that a text writes, NaN for an empty text, null for anything else. */
export function numberOfText(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '') return Number.NaN;
  if (!numberPattern.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}

/** 1 for `true`, 0 for `false` in any case, NaN for an empty text, null for anything else. */
export function booleanOfText(text: string): number | null {
  const lower = text.trim().toLowerCase();
  if (lower === '') return Number.NaN;
  if (lower === 'true') return 1;
  return lower === 'false' ? 0 : null;
}

/**
 * One number a row, NaN where missing.
 * @param toValue null for a text that has no value.
 * @throws LearnError DATA_TYPE_MISMATCH naming the first row with such a text.
 */
export function valuesOfTexts(
  column: StringColumn,
  toValue: (text: string) => number | null,
  expected: string,
): Float64Array {
  const { codes, dictionary } = column;
  const values = new Float64Array(codes.length);
  const valueOfCode = new Float64Array(dictionary.length);
  const isKnown = new Uint8Array(dictionary.length);
  for (let row = 0; row < values.length; row++) {
    const code = codes[row];
    if (code >= 0 && isKnown[code] === 0) {
      const value = toValue(dictionary[code]);
      if (value === null) throw typeMismatch(column.name, row, dictionary[code], expected);
      valueOfCode[code] = value;
      isKnown[code] = 1;
    }
    values[row] = code < 0 ? Number.NaN : valueOfCode[code];
  }
  return values;
}
