// The token of a page says where the page before it ended, and of which search that was. Callers must not
// look into it, and a later way of paging may put something else there.
import { createHash } from 'node:crypto';
import { checkText, invalid, quote } from '../checks/check-text.ts';
import type { Place, SortKey } from './sort-key.ts';

/** As long as the longest texts that a search can be ordered by. */
const maxTokenLength = 1_000_000;
const digestLength = 16;

/** All that decides what is found, and in which order: not how much of it a page holds. */
export function digestOf(asked: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(asked.map(orNull)));
  return hash.digest('base64url').slice(0, digestLength);
}

// What is left out and what is empty ask for the same.
function orNull(value: unknown): unknown {
  const isEmpty =
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? null : value;
}

export function writeToken(after: Place, search: string): string {
  return Buffer.from(JSON.stringify({ search, after })).toString('base64');
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function readToken(token: string, keys: readonly SortKey[], search: string): Place {
  const held = decoded(checkText('page_token', token, maxTokenLength));
  if (!(held instanceof Object && 'search' in held && 'after' in held)) throw foreign(token);
  if (held.search !== search) {
    const what = 'is of a search that asked for something else (another filter or order_by?)';
    throw invalid(`page_token ${quote(token)} ${what}; ask the same again, or start without one`);
  }
  if (!isPlace(held.after, keys)) throw foreign(token);
  return held.after;
}

function decoded(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString());
  } catch {
    return undefined;
  }
}

function isPlace(after: unknown, keys: readonly SortKey[]): after is Place {
  if (!Array.isArray(after) || after.length !== keys.length) return false;
  return keys.every((key, index) => isValueOf(key, after[index]));
}

function isValueOf({ type, nulls }: SortKey, value: unknown): boolean {
  if (value === null) return nulls !== undefined;
  if (type !== 'text') return typeof value === type;
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}

function foreign(token: string): Error {
  return invalid(`page_token ${quote(token)} was not given out by this search; start without one`);
}
