// Labels and groups as codes, for splitters, which take any number of either.

import { LearnError } from '../errors.ts';
import type { Label } from '../estimator/estimator.ts';

export interface LabelGroups {
  /** The group of each row, 0 to `counts.length - 1`. */
  readonly codes: Int32Array;
  /** Rows of each group. */
  readonly counts: Int32Array;
}

/** Groups numbered in the order in which they first appear. @throws LearnError DATA_LABEL_INVALID. */
export function groupsByAppearance(labels: ArrayLike<Label>): LabelGroups {
  const codeOf = new Map<Label, number>();
  const codes = new Int32Array(labels.length);
  for (let i = 0; i < codes.length; i++) {
    checkLabel(labels[i], i);
    const code = codeOf.get(labels[i]) ?? codeOf.size;
    codeOf.set(labels[i], code);
    codes[i] = code;
  }
  return { codes, counts: countsOf(codes, codeOf.size) };
}

/** Groups numbered in the order of their labels: numbers ascending, text by code unit. */
export function groupsByOrder(labels: ArrayLike<Label>): LabelGroups {
  const { codes, counts } = groupsByAppearance(labels);
  const first = new Map<number, Label>();
  codes.forEach((code, row) => {
    if (!first.has(code)) first.set(code, labels[row]);
  });
  const sorted = [...first].sort(([, a], [, b]) => compare(a, b)).map(([code]) => code);
  const rank = new Int32Array(sorted.length);
  sorted.forEach((code, at) => {
    rank[code] = at;
  });
  return {
    codes: codes.map((code) => rank[code]),
    counts: Int32Array.from(sorted, (code) => counts[code]),
  };
}

function countsOf(codes: Int32Array, groupCount: number): Int32Array {
  const counts = new Int32Array(groupCount);
  for (const code of codes) counts[code]++;
  return counts;
}

function compare(a: Label, b: Label): number {
  if (typeof a !== 'string' && typeof b !== 'string') return Number(a) - Number(b);
  return String(a) < String(b) ? -1 : 1;
}

function checkLabel(label: unknown, row: number): void {
  if (typeof label === 'string' || typeof label === 'boolean') return;
  if (typeof label === 'number' && !Number.isNaN(label)) return;
  throw new LearnError(
    'DATA_LABEL_INVALID',
    `the label of row ${row} (from 0) is missing; expected a text, a number, true or false`,
  );
}
