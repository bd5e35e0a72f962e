// A page of the found runs, from the indexes that have them in order: it costs what it holds, however many
// runs there are, and however many came before it.
import type { Transaction } from 'kysely';
import { type Page, type PageWindow, toPage } from '../search/page.ts';
import { comparePlaces, type Place } from '../search/sort-key.ts';
import { mergedRuns, type PartWindow } from './merge-runs.ts';
import { partsOf, type RunPart } from './run-parts.ts';
import type { RunQuery } from './run-query.ts';
import type { RunRow, RunTables } from './run-tables.ts';

export async function walkRuns(
  reader: Transaction<RunTables>,
  query: RunQuery,
  window: PageWindow,
): Promise<Page<RunRow>> {
  const rows: RunRow[] = [];
  // One more than asked for tells of a next page.
  const wanted = window.limit + 1;
  for (const part of partsOf(reader, query)) {
    const left = windowOf(part, window.after, wanted - rows.length);
    if (left !== null) rows.push(...(await mergedRuns(reader, part, left)));
    if (rows.length === wanted) break;
  }
  return toPage(rows, window);
}

/** Null where the whole part came before the page. */
function windowOf(
  { fixed, wholeKeys }: RunPart,
  after: Place | null,
  limit: number,
): PartWindow | null {
  if (after === null) return { after, limit };
  const keys = wholeKeys.slice(0, fixed.length);
  const side = comparePlaces(keys, after.slice(0, fixed.length), fixed);
  if (side > 0) return null;
  return { after: side < 0 ? null : after.slice(fixed.length), limit };
}
