// The error of a run filter: says at which character, and what was expected.
import { ServerError } from '../../errors/server-error.ts';

/** @param offset of the character at fault, from 0; people count from 1. */
export function filterError(text: string, offset: number, problem: string): ServerError {
  const shown = text.length <= 100 ? text : `${text.slice(0, 100)}…`;
  return new ServerError(
    'INVALID_PARAMETER_VALUE',
    `invalid Filter '${shown.toWellFormed()}' at character ${offset + 1}: ${problem}`,
  );
}
