// A search of runs as SQL, in no order yet.
import { type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import type { LifecycleStage } from '../experiments/experiment-tables.ts';
import type { OrderTerm } from '../search/order-by.ts';
import type { RunTables } from './run-tables.ts';

export interface RunQuery {
  readonly experimentIds: readonly number[];
  readonly stages: readonly LifecycleStage[];
  readonly conditions: readonly RawBuilder<SqlBool>[];
  readonly terms: readonly OrderTerm[];
}

export function runsOf(reader: Transaction<RunTables>, query: RunQuery) {
  return reader.selectFrom('runs').selectAll('runs').where(isWanted(query, 'runs'));
}

/** About one row of `runs`; `table` says which index tells the experiment. */
export function isWanted(
  { experimentIds, stages, conditions }: RunQuery,
  table: 'runs' | 'ordered',
): RawBuilder<SqlBool> {
  return sql.join(
    [
      isOneOf(sql.ref(`${table}.experiment_id`), experimentIds),
      isOneOf(sql.ref('runs.lifecycle_stage'), stages),
      ...conditions,
    ],
    sql` and `,
  );
}

function isOneOf(
  column: RawBuilder<unknown>,
  values: readonly (string | number)[],
): RawBuilder<SqlBool> {
  const [only, ...others] = values;
  return others.length === 0 ? sql`${column} = ${only}` : sql`${column} in (${sql.join(values)})`;
}
