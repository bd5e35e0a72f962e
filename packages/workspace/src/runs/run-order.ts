// The order of found runs as SQL about one row of `runs`.
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { OrderTerm } from '../search/order-by.ts';
import { loggedAs } from './run-condition.ts';
import type { RunRow } from './run-tables.ts';

/** Ties: the latest start first, then by id. */
export function runOrder(terms: readonly OrderTerm[]): readonly RawBuilder<unknown>[] {
  return [...terms.flatMap(orderExpressions), sql`runs.start_time desc`, sql`runs.run_uuid`];
}

export function inOrder<Tables, Table extends keyof Tables>(
  query: SelectQueryBuilder<Tables, Table, RunRow>,
  order: readonly RawBuilder<unknown>[],
): SelectQueryBuilder<Tables, Table, RunRow> {
  return order.reduce((ordered, expression) => ordered.orderBy(expression), query);
}

export function directionOf({ direction }: OrderTerm): RawBuilder<unknown> {
  return direction === 'asc' ? sql`asc` : sql`desc`;
}

/** Numbers first, then NaN, then runs that lack the field, in either direction. */
function orderExpressions(term: OrderTerm): readonly RawBuilder<unknown>[] {
  const { field } = term;
  const way = directionOf(term);
  if (field.entity === 'attribute') {
    const column = sql.ref(`runs.${field.key}`);
    // No index has its nulls last, so that where there are none the words would only hide it.
    return [field.key === 'end_time' ? sql`${column} ${way} nulls last` : sql`${column} ${way}`];
  }
  const value = sql`(select logged.value from ${loggedAs(field)}) ${way} nulls last`;
  if (field.entity !== 'metric') return [value];
  const isNan = sql`(select logged.is_nan from ${loggedAs(field)}) asc nulls last`;
  return [isNan, value];
}
