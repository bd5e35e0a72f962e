// The found runs in the order that searches have by default, from the index that has it.
import type { Transaction } from 'kysely';
import type { PageWindow } from '../search/page.ts';
import { inOrder, runOrder } from './run-order.ts';
import { type RunQuery, runsOf } from './run-query.ts';
import type { RunRow, RunTables } from './run-tables.ts';

type Reader = Transaction<RunTables>;

// The index has the runs of one experiment and stage in order. Of several, each gives its first ones,
// and these are sorted: as long as that is less than to sort them all. Each group asks all conditions,
// and a statement may have so many parameters only.
const maxGroups = 20;
const maxOfGroup = 5_000;

export async function latestRuns(
  reader: Reader,
  query: RunQuery,
  { offset, limit }: PageWindow,
): Promise<readonly RunRow[]> {
  const groups = groupsOf(query);
  const ofEach = offset + limit;
  const asked = groups.length * Math.max(query.conditions.length, 1);
  const isSortedWhole = asked > maxGroups || ofEach > maxOfGroup;
  const [only = query, ...others] = isSortedWhole ? [query] : groups;
  const first = inOrder(runsOf(reader, only), runOrder([]));
  if (others.length === 0) return first.limit(limit).offset(offset).execute();
  const firstOf = (group: RunQuery) => {
    const runs = inOrder(runsOf(reader, group), runOrder([])).limit(ofEach);
    return reader.selectFrom(runs.as('part')).selectAll();
  };
  const all = others.reduce((union, group) => union.unionAll(firstOf(group)), firstOf(only));
  const found = inOrder(reader.selectFrom(all.as('runs')).selectAll(), runOrder([]));
  return found.limit(limit).offset(offset).execute();
}

function groupsOf(query: RunQuery): readonly RunQuery[] {
  return query.experimentIds.flatMap((id) =>
    query.stages.map((stage) => ({ ...query, experimentIds: [id], stages: [stage] })),
  );
}
