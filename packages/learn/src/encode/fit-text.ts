// Learns the n-grams of a column of texts.

import type { TextLevel } from './column-facts.ts';
import type { EncoderParameters } from './encoder-options.ts';
import type { InputColumn } from './input-column.ts';
import { forEachNgram } from './ngrams.ts';
import { TextEncoding } from './text-encoding.ts';

/** A longer n-gram is no word, and would bloat the model. */
const maxNgramLength = 100;
/** Counting stops taking new n-grams here, so that no text can fill the memory. */
const maxCounted = 1_000_000;

/** Null when the texts have no n-gram. */
export function fitText(
  levels: readonly TextLevel[],
  input: InputColumn,
  { maxNgrams, textBuckets }: EncoderParameters,
): TextEncoding | null {
  const counts = new Map<string, number>();
  for (const { text, count } of levels) {
    forEachNgram(text, (ngram) => {
      const before = counts.get(ngram);
      if (before === undefined && (counts.size >= maxCounted || ngram.length > maxNgramLength))
        return;
      counts.set(ngram, (before ?? 0) + count);
    });
  }
  const ngrams = [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, maxNgrams)
    .map(([ngram]) => ngram);
  return ngrams.length === 0 ? null : new TextEncoding(input, ngrams, textBuckets);
}
