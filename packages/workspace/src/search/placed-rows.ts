// Found rows with their places: each has, beside its own columns, one for every key of the order that is
// none of them.
import { type AliasedRawBuilder, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Place, PlaceValue, SortKey } from './sort-key.ts';

type PlaceColumn = `place_${number}`;
export type PlaceColumns = { readonly [column: PlaceColumn]: unknown };

export function placeColumn(index: number): PlaceColumn {
  return `place_${index}`;
}

/** @param fixed what the first keys are for all of these rows; `keys` are those after them. */
export function placeSelection(
  keys: readonly SortKey[],
  fixed: Place = [],
): readonly AliasedRawBuilder<unknown, PlaceColumn>[] {
  const constants: readonly (RawBuilder<unknown> | null)[] = fixed.map((value) => sql.lit(value));
  const values = [...constants, ...keys.map(({ value, column }) => (column ? null : value))];
  return values.flatMap((value, index) => value?.as(placeColumn(index)) ?? []);
}

export function placeOf(keys: readonly SortKey[], row: object): Place {
  const columns = new Map<string, unknown>(Object.entries(row));
  return keys.map(({ column, type }, index) =>
    toValue(columns.get(column ?? placeColumn(index)), type),
  );
}

function toValue(value: unknown, type: SortKey['type']): PlaceValue {
  if (value === null || value === undefined) return null;
  if (type === 'text') return String(value);
  // SQLite gives a boolean as 0 or 1.
  return type === 'boolean' ? Boolean(value) : Number(value);
}

export function inOrder<Tables, Table extends keyof Tables, Row>(
  query: SelectQueryBuilder<Tables, Table, Row>,
  order: readonly RawBuilder<unknown>[],
): SelectQueryBuilder<Tables, Table, Row> {
  return order.reduce((ordered, expression) => ordered.orderBy(expression), query);
}
