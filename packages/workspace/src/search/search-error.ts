// The error of a search text: says which text, at which character, what was expected.
import { invalid, quote } from '../checks/check-text.ts';
import type { RidgelineError } from '../errors.ts';

/** Which argument of a search a text came from. */
export type SearchArgument = 'filter' | 'order_by';

/** @param offset of the character at fault, from 0; people count from 1. */
export function searchError(
  argument: SearchArgument,
  text: string,
  offset: number,
  problem: string,
): RidgelineError {
  return invalid(`invalid ${argument} ${quote(text)} at character ${offset + 1}: ${problem}`);
}
