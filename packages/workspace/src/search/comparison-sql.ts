// One comparison as SQL. Values always travel as parameters, never as text of the statement.
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Comparator, ValueCondition } from './condition.ts';

const sqlOperators: Readonly<Record<Exclude<Comparator, 'LIKE' | 'ILIKE'>, RawBuilder<unknown>>> = {
  '=': sql`=`,
  '!=': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
};

/** Is never true where the column is null. */
export function compare(
  column: Expression<unknown>,
  condition: ValueCondition,
): RawBuilder<SqlBool> {
  switch (condition.comparator) {
    case 'IN':
      return sql`${column} in (${sql.join(condition.values.map(parameter))})`;
    case 'NOT IN':
      return sql`${column} not in (${sql.join(condition.values.map(parameter))})`;
    case 'LIKE':
      return like(column, String(condition.value));
    case 'ILIKE':
      return like(sql`lower(${column})`, lowerCase(String(condition.value)));
    default:
      return sql`${column} ${sqlOperators[condition.comparator]} ${parameter(condition.value)}`;
  }
}

/** As `compare`; NaN is unequal to every number, and neither less nor greater than any. */
export function compareMetric(
  value: Expression<unknown>,
  isNan: Expression<unknown>,
  condition: ValueCondition,
): RawBuilder<SqlBool> {
  const holds = compare(value, condition);
  return condition.comparator === '!='
    ? sql`(${isNan} or ${holds})`
    : sql`(not ${isNan} and ${holds})`;
}

// Postgres takes the type of a value from what it is compared with, and a whole number's column for
// whole numbers only.
function parameter(value: string | number): RawBuilder<unknown> {
  const isWhole = typeof value === 'string' || Number.isSafeInteger(value);
  return isWhole ? sql`${value}` : sql`cast(${value} as double precision)`;
}

// A backslash means nothing in MLflow's patterns, but much in Postgres's.
function like(column: Expression<unknown>, pattern: string): RawBuilder<SqlBool> {
  return sql`${column} like ${pattern.replaceAll('\\', '\\\\')} escape ${sql.lit('\\')}`;
}

// The databases' own lower() knows the letters of ASCII only.
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
