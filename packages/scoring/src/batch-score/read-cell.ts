// The text of one field as a cell for the model, by the type of its column. What a number or a truth is
// not, is a reason to leave the row unscored.

import type { Cell } from '@ridgeline/tabular';
import type { PlannedColumn } from './column-plan.ts';
import { readNumber } from './read-number.ts';

export type ReadCell = { readonly cell: Cell } | { readonly reason: string };

const missing: ReadCell = { cell: null };

export function readCell(text: string | null | undefined, column: PlannedColumn): ReadCell {
  const isEmpty = text === null || text === undefined || text.trim() === '';
  if (isEmpty || column.missingTexts.has(text)) {
    return column.required ? { reason: `column '${column.name}' has no value` } : missing;
  }
  // The model reads dates itself, in the formats that it was trained on.
  if (column.type === 'string' || column.type === 'datetime') return { cell: text };
  const value = readNumber(text, column);
  return typeof value === 'string' ? { reason: value } : { cell: value };
}
