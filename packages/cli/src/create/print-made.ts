// What was made, or found: as JSON with the line beside it, or as the line alone.
import type { FoundOrMade } from '@ridgeline/client';
import { printEither, printNote } from '../output/print.ts';

/** The line goes to standard error where standard output is for a program. */
export function printMade<T>(
  json: boolean | undefined,
  made: FoundOrMade<T>,
  describe: (made: FoundOrMade<T>) => string,
): void {
  const line = describe(made);
  if (json === true) printNote(line);
  printEither(json, made.asset, () => line);
}
