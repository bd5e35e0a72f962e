// Which levels of a category get a code of their own.

import type { EncoderParameters } from './encoder-options.ts';

/** A level's text is kept in the model; a longer one would bloat it and is merged with the rare. */
const maxLevelLength = 1000;

/** By code unit, so that the order is the same on every machine. */
export function byText(a: CountedLevel, b: CountedLevel): number {
  return a.text < b.text ? -1 : 1;
}

interface CountedLevel {
  readonly text: string;
  readonly count: number;
}

/**
 * The most frequent first, equals in the order of `compare`. Only these are sorted: a column of
 * identifiers may have a million levels of one row each.
 */
export function keptLevels<Level extends CountedLevel>(
  levels: readonly Level[],
  { minLevelRows, maxLevels }: Pick<EncoderParameters, 'minLevelRows' | 'maxLevels'>,
  compare: (a: Level, b: Level) => number,
): readonly Level[] {
  return levels
    .filter(({ text, count }) => count >= minLevelRows && text.length <= maxLevelLength)
    .sort((a, b) => b.count - a.count || compare(a, b))
    .slice(0, maxLevels);
}
