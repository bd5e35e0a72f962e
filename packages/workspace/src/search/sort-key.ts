// The order of a search as data. What a row has for all keys is its place among the others: it says where
// a page ended, and stays true whatever is added or removed before it.
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { OrderTerm } from './order-by.ts';

export interface SortKey {
  /** About one row. */
  readonly value: RawBuilder<unknown>;
  readonly type: 'text' | 'number' | 'boolean';
  readonly direction: 'asc' | 'desc';
  /** Where rows without a value come; absent where every row has one. */
  readonly nulls?: 'first' | 'last';
  /** The column of the found row that has the value anyway. */
  readonly column?: string;
  /** What an index has of the value, in the same order: it is sorted and sought by first. */
  readonly indexed?: (value: Expression<unknown>) => RawBuilder<unknown>;
}

export type PlaceValue = string | number | boolean | null;
/** One value for each key. */
export type Place = readonly PlaceValue[];

/** By a column of the table. */
export function columnKey(
  table: string,
  column: string,
  { type, direction = 'asc', nulls }: Partial<Pick<SortKey, 'type' | 'direction' | 'nulls'>> = {},
): SortKey {
  const value = sql.ref(`${table}.${column}`);
  return { value, column, type: type ?? 'number', direction, ...(nulls && { nulls }) };
}

/** By an attribute that a search is ordered by. */
export function attributeKey(
  table: string,
  { field, direction }: OrderTerm,
  nulls?: SortKey['nulls'],
): SortKey {
  const type = field.type === 'text' ? 'text' : 'number';
  return columnKey(table, field.key, { type, direction, ...(nulls && { nulls }) });
}

export function orderOf(keys: readonly SortKey[]): readonly RawBuilder<unknown>[] {
  return keys.flatMap((key) => {
    const { value, indexed } = key;
    return (indexed === undefined ? [value] : [indexed(value), value]).map((each) =>
      ordered(each, key),
    );
  });
}

function ordered(value: RawBuilder<unknown>, { direction, nulls }: SortKey): RawBuilder<unknown> {
  const way = direction === 'asc' ? sql`${value} asc` : sql`${value} desc`;
  // Said in full, as each database has its own idea of where nulls come; but where there are none, the
  // words would only hide the index.
  if (nulls === undefined) return way;
  return nulls === 'first' ? sql`${way} nulls first` : sql`${way} nulls last`;
}

/** Whether a row comes after that place. */
export function isAfter(keys: readonly SortKey[], place: Place): RawBuilder<SqlBool> {
  return keys.reduceRight<RawBuilder<SqlBool>>((rest, key, index) => {
    const value = place[index] ?? null;
    // The first half alone is what an index can be entered by.
    return sql`(${isNotBefore(key, value)} and (${isBeyond(key, value)} or ${rest}))`;
  }, sql`false`);
}

function isNotBefore(key: SortKey, held: PlaceValue): RawBuilder<SqlBool> {
  const { value, direction, nulls, indexed } = key;
  if (held === null) return nulls === 'first' ? sql`true` : sql`${value} is null`;
  const comparator = direction === 'asc' ? sql`>=` : sql`<=`;
  const bound = parameter(held);
  const holds = sql<SqlBool>`${value} ${comparator} ${bound}`;
  if (nulls === 'last') return sql`(${holds} or ${value} is null)`;
  return indexed === undefined
    ? holds
    : sql`${indexed(value)} ${comparator} ${indexed(bound)} and ${holds}`;
}

function isBeyond({ value, direction, nulls }: SortKey, held: PlaceValue): RawBuilder<SqlBool> {
  if (held === null) return nulls === 'first' ? sql`${value} is not null` : sql`false`;
  const holds = sql<SqlBool>`${value} ${direction === 'asc' ? sql`>` : sql`<`} ${parameter(held)}`;
  return nulls === 'last' ? sql`(${holds} or ${value} is null)` : holds;
}

// Postgres would take a number for one of the column's kind, and refuse what that has no room for.
function parameter(held: string | number | boolean): RawBuilder<unknown> {
  if (typeof held === 'boolean') return sql.lit(held);
  if (typeof held === 'string') return sql`cast(${held} as text)`;
  return Number.isSafeInteger(held)
    ? sql`cast(${held} as bigint)`
    : sql`cast(${held} as double precision)`;
}

/** Less than 0 where `a` comes first. */
export function comparePlaces(keys: readonly SortKey[], a: Place, b: Place): number {
  for (const [index, key] of keys.entries()) {
    const sign = compareValues(key, a[index] ?? null, b[index] ?? null);
    if (sign !== 0) return sign;
  }
  return 0;
}

function compareValues({ direction, nulls }: SortKey, a: PlaceValue, b: PlaceValue): number {
  if (a === b) return 0;
  if (a === null) return nulls === 'first' ? -1 : 1;
  if (b === null) return nulls === 'first' ? 1 : -1;
  const sign =
    typeof a === 'string'
      ? // By code points, as the databases do.
        Buffer.compare(Buffer.from(a), Buffer.from(String(b)))
      : Number(a) - Number(b);
  return direction === 'asc' ? sign : -sign;
}
