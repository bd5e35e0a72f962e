// The types of text columns (CSV, JSON Lines): each value has a kind, each column the set of its
// values' kinds, and that set decides the type. All rows are looked at, so no value is a surprise.
//
//   whole       digits, at most 2^53 - 1 in size        long if all are, double with decimals
//   huge        digits beyond that                      fine in a double column, otherwise string
//   decimal     1.5, .5, 1e3, inf, -Infinity            double
//   boolean     true, false, in any case                boolean
//   datetime    ISO 8601 date, or date and time         datetime; without a zone it is UTC
//   text        anything else                           string
//   none        empty, or NA, N/A, NaN, null, None      missing; but in a string column NA and the
//               in any case                             like stay text: it may mean Namibia

import type { ColumnType } from '../table/column.ts';
import { sqlText } from './table-source.ts';

const whole = 1;
const huge = 2;
const decimal = 4;
const boolean = 8;
const datetime = 16;
const text = 32;

const missingWords = ['na', 'n/a', 'nan', 'null', 'none'].map(sqlText).join(', ');
const wholePattern = String.raw`[ \t]*[+-]?[0-9]+[ \t]*`;
const datetimePattern = String.raw`\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?)?`;

/** SQL of a number's kind, from its text; NULL if it is none. */
export function numberKindSql(value: string): string {
  const number = `TRY_CAST(${value} AS DOUBLE)`;
  // The cast knows the grammar of numbers and is faster than a pattern, but also takes 1_000 and +-1.
  const isOdd = `contains(${value}, '_') OR contains(${value}, '+-')`;
  return `CASE
    WHEN ${number} IS NULL OR isnan(${number}) OR ${isOdd} THEN NULL
    WHEN contains(${value}, '.') OR NOT regexp_full_match(${value}, '${wholePattern}')
      THEN ${decimal}
    WHEN abs(${number}) <= ${Number.MAX_SAFE_INTEGER} THEN ${whole}
    ELSE ${huge}
  END`;
}

/** SQL of a text's kind, if it is not a number. */
export function wordKindSql(value: string): string {
  return `CASE
    WHEN regexp_full_match(${value}, '${datetimePattern}')
      AND TRY_CAST(${value} AS TIMESTAMPTZ) IS NOT NULL THEN ${datetime}
    ELSE ${text}
  END`;
}

/** SQL of the kind of a CSV field; NULL for none. */
export function fieldKindSql(value: string): string {
  return `CASE
    WHEN ${value} IS NULL THEN NULL
    ELSE coalesce(${numberKindSql(value)}, CASE
      WHEN lower(${value}) IN ('true', 'false') THEN ${boolean}
      WHEN lower(trim(${value})) IN (${missingWords}) THEN NULL
      ELSE ${wordKindSql(value)}
    END)
  END`;
}

/** SQL of the kind of a JSON value, from DuckDB's `json_type` of it and its text. */
export function jsonKindSql(type: string, value: string): string {
  return `CASE ${type}
    WHEN 'UBIGINT' THEN ${numberKindSql(value)}
    WHEN 'BIGINT' THEN ${numberKindSql(value)}
    WHEN 'DOUBLE' THEN ${numberKindSql(value)}
    WHEN 'BOOLEAN' THEN ${boolean}
    WHEN 'VARCHAR' THEN ${wordKindSql(value)}
    WHEN 'OBJECT' THEN ${text}
    WHEN 'ARRAY' THEN ${text}
  END`;
}

/** The type of a column whose values have these kinds, added up as bits; 0 if all are missing. */
export function typeOfKinds(kinds: number): ColumnType {
  if (kinds === whole) return 'long';
  if (kinds === boolean) return 'boolean';
  if (kinds === datetime) return 'datetime';
  const hasOnlyNumbers = (kinds & ~(whole | huge | decimal)) === 0;
  return hasOnlyNumbers && (kinds & decimal) !== 0 ? 'double' : 'string';
}

/** SQL of a text column's values in the form that `SourceColumn.sql` asks for. */
export function typedTextSql(value: string, type: ColumnType): string {
  if (type === 'string') return value;
  if (type === 'boolean') {
    return `CASE lower(${value}) WHEN 'true' THEN 1::DOUBLE WHEN 'false' THEN 0::DOUBLE END`;
  }
  if (type === 'datetime') return `epoch_us(TRY_CAST(${value} AS TIMESTAMPTZ))::DOUBLE / 1000`;
  return `TRY_CAST(${value} AS DOUBLE)`;
}
