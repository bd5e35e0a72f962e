// Which levels of a category get a code of their own.

import type { EncoderParameters } from './encoder-options.ts';

/** A level's text is kept in the model; a longer one would bloat it and is merged with the rare. */
const maxLevelLength = 1000;

interface CountedLevel {
  readonly text: string;
  readonly count: number;
}

/** @param levels the most frequent first; the order stays. */
export function keptLevels<Level extends CountedLevel>(
  levels: readonly Level[],
  { minLevelRows, maxLevels }: Pick<EncoderParameters, 'minLevelRows' | 'maxLevels'>,
): readonly Level[] {
  return levels
    .filter(({ text, count }) => count >= minLevelRows && text.length <= maxLevelLength)
    .slice(0, maxLevels);
}
