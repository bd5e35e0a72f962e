// One comparison as SQL. Values always travel as parameters, never as text of the statement.
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Comparator } from './filter-parser.ts';

const sqlOperators: Readonly<Record<Exclude<Comparator, 'ILIKE'>, RawBuilder<unknown>>> = {
  '=': sql`=`,
  '!=': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
  LIKE: sql`like`,
};

/** Is never true where the column is null. */
export function compare(
  column: Expression<unknown>,
  comparator: Comparator,
  value: string | number,
): RawBuilder<SqlBool> {
  if (comparator === 'ILIKE') return sql`lower(${column}) like lower(${value})`;
  return sql`${column} ${sqlOperators[comparator]} ${value}`;
}
