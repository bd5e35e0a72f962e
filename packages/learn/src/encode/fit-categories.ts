// Learns the levels of a category.

import type { Column } from '@ridgeline/tabular';
import { CategoricalEncoding } from './categorical-encoding.ts';
import { type TextLevel, textFacts } from './column-facts.ts';
import type { EncoderParameters } from './encoder-options.ts';
import type { InputColumn } from './input-column.ts';
import { byText, keptLevels } from './kept-levels.ts';

/** Null when no level has enough rows, so that nothing would be left to tell rows apart. */
export function fitCategories(
  column: Column,
  input: InputColumn,
  levels: readonly TextLevel[] | undefined,
  parameters: EncoderParameters,
): CategoricalEncoding | null {
  if (column.type === 'string') {
    const all = levels ?? textFacts(column).levels;
    const kept = keptLevels(all, parameters, byText).map(({ text }) => text);
    return encodingOf(input, kept, all.length, kept.length < all.length);
  }
  const all = numberLevels(column.values);
  const kept = keptLevels(all, parameters, (a, b) => a.value - b.value).map(({ value }) => value);
  return encodingOf(input, kept, all.length, kept.length < all.length);
}

function encodingOf(
  input: InputColumn,
  levels: readonly string[] | readonly number[],
  levelCount: number,
  mergesRare: boolean,
): CategoricalEncoding | null {
  if (levelCount === 0 || (levels.length === 0 && input.required)) return null;
  return new CategoricalEncoding(input, levels, mergesRare);
}

/** The distinct numbers with their numbers of rows. */
function numberLevels(values: Float64Array) {
  const counts = new Map<number, number>();
  for (const value of values) {
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count, text: '' }));
}
