// The parts of which the found runs consist, one after the other, each in the order of an index: those
// with a number, those with NaN, then those that lack the field. A part has its runs in groups, as an index
// has the runs of one experiment in order, not those of several.
import { type SelectQueryBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import type { OrderTerm } from '../search/order-by.ts';
import type { Place, SortKey } from '../search/sort-key.ts';
import { indexedPart } from './indexed-text.ts';
import { loggedAs, loggedTable } from './run-condition.ts';
import { runKeys } from './run-order.ts';
import { isWanted, type RunQuery, runsOf } from './run-query.ts';
import type { RunKey, RunRow, RunTables } from './run-tables.ts';

type Reader = Transaction<RunTables>;
type RowsOf = (group: RunQuery) => SelectQueryBuilder<RunTables, 'runs', RunRow>;

export interface RunPart {
  readonly query: RunQuery;
  /** The query in pieces, each of which an index gives in order. */
  readonly groups: readonly RunQuery[];
  readonly wholeKeys: readonly SortKey[];
  /** What the first of those keys are for all runs of the part. */
  readonly fixed: Place;
  /** What the part's runs are sorted by: the keys after the fixed ones. */
  readonly keys: readonly SortKey[];
  readonly rowsOf: RowsOf;
}

export function partsOf(reader: Reader, query: RunQuery): readonly RunPart[] {
  const [first, ...rest] = query.terms;
  const wholeKeys = runKeys(query.terms);
  const rowsOf: RowsOf = (group) => runsOf(reader, group);
  const all = { query, wholeKeys, keys: wholeKeys, fixed: [], groups: [query], rowsOf };
  if (first === undefined) return [{ ...all, groups: byStage(query) }];
  if (first.field.entity === 'attribute') return [all];
  const keys = runKeys(rest);
  const lacksField = sql<SqlBool>`not exists (select 1 from ${loggedAs(first.field)})`;
  const lacking = {
    ...all,
    keys,
    fixed: first.field.entity === 'metric' ? [null, null] : [null],
    groups: rest.length === 0 ? byStage(query) : [query],
    rowsOf: (group: RunQuery) => rowsOf(group).where(lacksField),
  };
  const logged = { ...all, keys, groups: byExperiment(query), rowsOf: loggedRuns(reader, first) };
  return [...partsWithField(logged, first), lacking];
}

/** @param logged sorted by the other terms only. */
function partsWithField(logged: RunPart, { field, direction }: OrderTerm): readonly RunPart[] {
  const value = sql.ref('ordered.value');
  if (field.entity !== 'metric') {
    const text: SortKey = { value, type: 'text', direction, indexed: indexedPart };
    return [{ ...logged, keys: [text, ...logged.keys] }];
  }
  const rowsWith = (isNan: boolean): RowsOf => {
    return (group) => logged.rowsOf(group).where(sql<SqlBool>`ordered.is_nan = ${sql.lit(isNan)}`);
  };
  const number: SortKey = { value, type: 'number', direction };
  return [
    { ...logged, fixed: [false], keys: [number, ...logged.keys], rowsOf: rowsWith(false) },
    // NaN is kept as 0.
    { ...logged, fixed: [true, 0], rowsOf: rowsWith(true) },
  ];
}

type LoggedRow = RunKey & { readonly key: string };

/** Those that have the value, from its index on. */
function loggedRuns(reader: Reader, { field }: OrderTerm): RowsOf {
  return (group) =>
    reader
      .selectFrom(sql<LoggedRow>`${sql.table(loggedTable(field))}`.as('ordered'))
      // SQLite takes the tables of a cross join in the order in which they stand here.
      .crossJoin('runs')
      .selectAll('runs')
      .where('ordered.key', '=', field.key)
      .whereRef('runs.run_uuid', '=', 'ordered.run_uuid')
      .where(isWanted(group, 'ordered'));
}

function byExperiment(query: RunQuery): readonly RunQuery[] {
  return query.experimentIds.map((id) => ({ ...query, experimentIds: [id] }));
}

function byStage(query: RunQuery): readonly RunQuery[] {
  return byExperiment(query).flatMap((each) =>
    query.stages.map((stage) => ({ ...each, stages: [stage] })),
  );
}
