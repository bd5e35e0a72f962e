// The text of one field as a feature, by the model's signature. Guesses nothing: what is not a
// decimal number is a reason to leave the row unscored.

import type { SignatureColumn } from '@ridgeline/learn/model-folder';

const decimal = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const truths = new Map([
  ['true', 1],
  ['false', 0],
]);

/** The number, or why there is none. */
export function readNumber(
  text: string | null | undefined,
  column: SignatureColumn,
): number | string {
  const name = `column '${column.name}'`;
  if (text === null || text === undefined || text.trim() === '') return `${name} has no value`;
  const value = decimal.test(text) ? Number(text) : readTruth(text, column);
  if (Number.isFinite(value)) return value;
  const why = Number.isNaN(value) ? 'not a number' : 'beyond the range of a double';
  return `${name} is '${shorten(text)}', ${why}`;
}

function readTruth(text: string, { type }: SignatureColumn): number {
  return (type === 'boolean' ? truths.get(text.trim().toLowerCase()) : undefined) ?? Number.NaN;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
