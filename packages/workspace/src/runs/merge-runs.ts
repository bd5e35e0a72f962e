// The first runs of a part that consists of several groups, each of which an index gives in order: of each
// its own first ones are read, and these are merged. So nothing is sorted that cannot be on the page.
import { sql, type Transaction } from 'kysely';
import { inOrder, placeColumn, placeOf, placeSelection } from '../search/placed-rows.ts';
import { comparePlaces, isAfter, orderOf, type Place, type SortKey } from '../search/sort-key.ts';
import type { RunPart } from './run-parts.ts';
import type { RunQuery } from './run-query.ts';
import type { RunRow, RunTables } from './run-tables.ts';

type Reader = Transaction<RunTables>;

/** Which runs of a part: the first ones, or those behind a place. */
export interface PartWindow {
  /** As the part's own keys have it. */
  readonly after: Place | null;
  readonly limit: number;
}

// Each group asks all conditions anew, and a statement may have so many parameters only.
const maxOfStatement = 20;
// With more than that, to sort all of them costs no more.
const maxStatements = 50;

/** With their places. */
export async function mergedRuns(
  reader: Reader,
  part: RunPart,
  window: PartWindow,
): Promise<readonly RunRow[]> {
  let first: readonly RunRow[] = [];
  for (const groups of statementsOf(part)) {
    const found = await firstOfGroups(reader, part, groups, window);
    first = first.length === 0 ? found : merge(part, [...first, ...found], window.limit);
  }
  return first;
}

function statementsOf({ query, groups }: RunPart): readonly (readonly RunQuery[])[] {
  const size = Math.max(1, Math.floor(maxOfStatement / Math.max(query.conditions.length, 1)));
  if (groups.length > size * maxStatements) return [[query]];
  return Array.from({ length: Math.ceil(groups.length / size) }, (_, index) =>
    groups.slice(index * size, (index + 1) * size),
  );
}

async function firstOfGroups(
  reader: Reader,
  part: RunPart,
  [only = part.query, ...others]: readonly RunQuery[],
  window: PartWindow,
): Promise<readonly RunRow[]> {
  const first = firstOf(part, only, window);
  if (others.length === 0) return first.execute();
  const rowsOf = (query: typeof first) => reader.selectFrom(query.as('part')).selectAll();
  const all = others.reduce(
    (union, group) => union.unionAll(rowsOf(firstOf(part, group, window))),
    rowsOf(first),
  );
  const merged = reader.selectFrom(all.as('runs')).selectAll();
  return inOrder(merged, orderOf(foundKeys(part)))
    .limit(window.limit)
    .execute();
}

function firstOf({ keys, fixed, rowsOf }: RunPart, group: RunQuery, { after, limit }: PartWindow) {
  const rows = rowsOf(group);
  const there = after === null ? rows : rows.where(isAfter(keys, after));
  return inOrder(there.select(placeSelection(keys, fixed)), orderOf(keys)).limit(limit);
}

/** About the rows that were found: their places are there. */
function foundKeys({ keys, fixed }: RunPart): readonly SortKey[] {
  return keys.map(({ type, direction, nulls, column }, index) => {
    const value = sql.ref(column ?? placeColumn(fixed.length + index));
    return { value, type, direction, ...(nulls && { nulls }) };
  });
}

function merge(part: RunPart, rows: readonly RunRow[], limit: number): readonly RunRow[] {
  const keys = part.wholeKeys;
  return rows
    .map((row) => ({ row, place: placeOf(keys, row) }))
    .sort((a, b) => comparePlaces(keys, a.place, b.place))
    .slice(0, limit)
    .map(({ row }) => row);
}
