// The parts of which the found runs consist, one after the other, each in the order of an index: so a
// page costs what it holds, however many runs there are.
import {
  type RawBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
  type Transaction,
} from 'kysely';
import type { OrderTerm } from '../search/order-by.ts';
import type { PageWindow } from '../search/page.ts';
import { indexedPart } from './indexed-text.ts';
import { latestRuns } from './latest-runs.ts';
import { loggedAs, loggedTable } from './run-condition.ts';
import { directionOf, inOrder, runOrder } from './run-order.ts';
import { isWanted, type RunQuery, runsOf } from './run-query.ts';
import type { RunKey, RunRow, RunTables } from './run-tables.ts';

type Reader = Transaction<RunTables>;

interface Part {
  rows(window: PageWindow): Promise<readonly RunRow[]>;
  count(): Promise<number>;
}

/** As many rows as the window has room for, or all that there are after its offset. */
export async function walkRuns(
  reader: Reader,
  query: RunQuery,
  { offset, limit }: PageWindow,
): Promise<readonly RunRow[]> {
  const rows: RunRow[] = [];
  let before = offset;
  for (const part of partsOf(reader, query)) {
    const found = await part.rows({ offset: before, limit: limit - rows.length });
    rows.push(...found);
    if (rows.length === limit) break;
    if (found.length > 0) before = 0;
    else if (before > 0) before -= await part.count();
  }
  return rows;
}

function partsOf(reader: Reader, query: RunQuery): readonly Part[] {
  const [first, ...rest] = query.terms;
  const plain = toPart(reader, runsOf(reader, query), runOrder(query.terms));
  if (first === undefined)
    return [{ ...plain, rows: (window) => latestRuns(reader, query, window) }];
  if (first.field.entity === 'attribute') return [plain];
  const { field } = first;
  const logged = loggedRunsOf(reader, query, first);
  const way = directionOf(first);
  const value = sql.ref('ordered.value');
  const lacking = runsOf(reader, query).where(sql<SqlBool>`not exists
    (select 1 from ${loggedAs(field)})`);
  const ties = runOrder(rest);
  if (field.entity !== 'metric') {
    const order = [sql`${indexedPart(value)} ${way}`, sql`${value} ${way}`];
    return [toPart(reader, logged, [...order, ...ties]), toPart(reader, lacking, ties)];
  }
  const numbers = logged.where(sql<SqlBool>`ordered.is_nan = false`);
  const nans = logged.where(sql<SqlBool>`ordered.is_nan = true`);
  return [
    toPart(reader, numbers, [sql`${value} ${way}`, ...ties]),
    toPart(reader, nans, ties),
    toPart(reader, lacking, ties),
  ];
}

type LoggedRow = RunKey & { readonly key: string };

/** Those that have the value, from its index on. */
function loggedRunsOf(reader: Reader, query: RunQuery, { field }: OrderTerm) {
  return (
    reader
      .selectFrom(sql<LoggedRow>`${sql.table(loggedTable(field))}`.as('ordered'))
      // SQLite takes the tables of a cross join in the order in which they stand here.
      .crossJoin('runs')
      .selectAll('runs')
      .where('ordered.key', '=', field.key)
      .whereRef('runs.run_uuid', '=', 'ordered.run_uuid')
      .where(isWanted(query, 'ordered'))
  );
}

function toPart<Tables, Table extends keyof Tables>(
  reader: Reader,
  query: SelectQueryBuilder<Tables, Table, RunRow>,
  order: readonly RawBuilder<unknown>[],
): Part {
  return {
    rows: ({ offset, limit }) => inOrder(query, order).limit(limit).offset(offset).execute(),
    async count() {
      const counted = sql<{ count: number }>`select count(*) as count from (${query}) as found`;
      const { rows } = await counted.execute(reader);
      return Number(rows[0]?.count);
    },
  };
}
