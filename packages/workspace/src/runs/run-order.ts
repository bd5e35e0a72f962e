// The order of found runs, about one row of `runs`.
import { sql } from 'kysely';
import type { OrderTerm } from '../search/order-by.ts';
import { attributeKey, columnKey, type SortKey } from '../search/sort-key.ts';
import { loggedAs } from './run-condition.ts';

/** Ties: the latest start first, then by id. */
export function runKeys(terms: readonly OrderTerm[]): readonly SortKey[] {
  return [
    ...terms.flatMap(keysOf),
    columnKey('runs', 'start_time', { direction: 'desc' }),
    columnKey('runs', 'run_uuid', { type: 'text' }),
  ];
}

/** Numbers first, then NaN, then runs that lack the field, in either direction. */
function keysOf(term: OrderTerm): readonly SortKey[] {
  const { field, direction } = term;
  if (field.entity === 'attribute') {
    return [attributeKey('runs', term, field.key === 'end_time' ? 'last' : undefined)];
  }
  const value = sql`(select logged.value from ${loggedAs(field)})`;
  if (field.entity !== 'metric') return [{ value, type: 'text', direction, nulls: 'last' }];
  const isNan = sql`(select logged.is_nan from ${loggedAs(field)})`;
  return [
    { value: isNan, type: 'boolean', direction: 'asc', nulls: 'last' },
    { value, type: 'number', direction, nulls: 'last' },
  ];
}
