// Pages of results. Each goes on behind the place where the one before it ended: what is there all the
// time is on one page and on one only, whatever comes and goes meanwhile.
import type { SelectQueryBuilder } from 'kysely';
import { checkInteger } from '../checks/check-text.ts';
import { digestOf, readToken, writeToken } from './page-token.ts';
import { inOrder, placeOf, placeSelection } from './placed-rows.ts';
import { isAfter, orderOf, type Place, type SortKey } from './sort-key.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Hand it back for the next page; null on the last page. */
  readonly nextPageToken: string | null;
}

export interface PageRequest {
  readonly maxResults?: number;
  readonly pageToken?: string;
}

export interface PageBounds {
  readonly defaultResults: number;
  readonly maxResults: number;
}

export interface PagedSearch {
  /** Together they tell any two rows apart. */
  readonly keys: readonly SortKey[];
  /** All that decides what is found, and in which order, as JSON: a token is good for the same only. */
  readonly asked: readonly unknown[];
}

export interface PageWindow {
  readonly limit: number;
  readonly keys: readonly SortKey[];
  /** Of the last row before the page; null on the first page. */
  readonly after: Place | null;
  readonly search: string;
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function pageWindow(
  { maxResults, pageToken }: PageRequest,
  bounds: PageBounds,
  { keys, asked }: PagedSearch,
): PageWindow {
  const wanted = maxResults ?? bounds.defaultResults;
  const limit = checkInteger('max_results', wanted, 1, bounds.maxResults);
  const search = digestOf(asked);
  const isFirst = pageToken === undefined || pageToken === '';
  return { limit, keys, search, after: isFirst ? null : readToken(pageToken, keys, search) };
}

/** The rows of the query that are on the page. */
export async function findPage<Tables, Table extends keyof Tables, Row>(
  query: SelectQueryBuilder<Tables, Table, Row>,
  window: PageWindow,
): Promise<Page<Row>> {
  const { keys, after, limit } = window;
  const there = after === null ? query : query.where(isAfter(keys, after));
  const rows = await inOrder(there.select(placeSelection(keys)), orderOf(keys))
    // One more than asked for tells of a next page.
    .limit(limit + 1)
    .execute();
  return toPage(rows, window);
}

/** @param rows with their places, and one more than the window's limit where there is a next page. */
export function toPage<Row extends object>(
  rows: readonly Row[],
  { limit, keys, search }: PageWindow,
): Page<Row> {
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { items: rows, nextPageToken: null };
  return { items: rows.slice(0, limit), nextPageToken: writeToken(placeOf(keys, last), search) };
}
