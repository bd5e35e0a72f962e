// The choices that a user has in CSV. Nothing is guessed from the content.

import { TabularError } from '../errors.ts';

/** Longest record accepted, in characters: a quote that is never closed shows early. */
export const maxRecordLength = 2_000_000;

/** @throws DATA_OPTION_INVALID unless it is one ASCII character that cannot be part of a field. */
export function checkDelimiter(delimiter: string): string {
  if (/^[\t !#-/:-@[-`{-~]$/.test(delimiter)) return delimiter;
  const expected = 'expected one ASCII punctuation character, a space or a tab';
  throw new TabularError('DATA_OPTION_INVALID', `delimiter is '${delimiter}'; ${expected}`);
}
