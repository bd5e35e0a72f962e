// What is wrong with the checks that users give is told all at once; and what is asked of every name.
import { shorten } from '../diagnostic/did-you-mean.ts';

/** Where what is wrong is told. */
export interface Mistakes {
  add(message: string): void;
}

/** Of one list in a check. */
export const maxNames = 100;

export function checkNames(mistakes: Mistakes, what: string, names: readonly string[]): void {
  if (names.length > maxNames)
    mistakes.add(`${names.length} ${what}s are named; at most ${maxNames} can be`);
  for (const name of names) {
    if (name.trim() === '' || name.length > 255 || /\p{Cc}/u.test(name) || !name.isWellFormed())
      mistakes.add(`'${shorten(name)}' is no name of an ${what}`);
  }
  if (new Set(names).size < names.length) mistakes.add(`an ${what} is named twice`);
}
