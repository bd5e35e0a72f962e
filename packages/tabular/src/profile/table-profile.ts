// The profile of a table: what each column looks like, as plain JSON data that is kept beside a
// data asset and later serves as the reference of the distribution check.

import {
  type Column,
  columnLength,
  isoTime,
  missingCount,
  type NumberColumn,
  type StringColumn,
} from '../table/column.ts';
import type { Table } from '../table/table.ts';
import { type NumberStatistics, numberStatistics } from './number-statistics.ts';

interface ColumnProfileBase {
  readonly name: string;
  readonly missingCount: number;
  /** Distinct values, missing ones not counted. */
  readonly distinctCount: number;
}

/** A boolean column counts as 0 and 1, so that its mean is the share of true. */
export interface NumberColumnProfile extends ColumnProfileBase, NumberStatistics {
  readonly type: 'long' | 'double' | 'boolean';
}

export interface DatetimeColumnProfile extends ColumnProfileBase {
  readonly type: 'datetime';
  /** The earliest and the latest time, UTC ISO; null if there is none. */
  readonly min: string | null;
  readonly max: string | null;
}

export interface StringColumnProfile extends ColumnProfileBase {
  readonly type: 'string';
  /** Up to ten, most frequent first, equals by code unit; cut after 200 characters. */
  readonly topValues: readonly { readonly value: string; readonly count: number }[];
}

export type ColumnProfile = NumberColumnProfile | DatetimeColumnProfile | StringColumnProfile;

export interface TableProfile {
  readonly rowCount: number;
  readonly columns: readonly ColumnProfile[];
}

const topValueCount = 10;
const topValueLength = 200;

/** Exact figures of every column; sorts one copy of each number column. */
export function profileTable(table: Table): TableProfile {
  return { rowCount: table.rowCount, columns: table.columns().map(profileColumn) };
}

function profileColumn(column: Column): ColumnProfile {
  if (column.type === 'string') return profileStrings(column);
  return profileNumbers(column);
}

function profileNumbers(column: NumberColumn): ColumnProfile {
  const { name, type } = column;
  const statistics = numberStatistics(column.values);
  const counts = { missingCount: missingCount(column), distinctCount: statistics.distinctCount };
  if (type !== 'datetime') return { name, type, ...counts, ...statistics };
  const { min, max } = statistics;
  return {
    name,
    type,
    ...counts,
    min: min === null ? null : isoTime(min),
    max: max === null ? null : isoTime(max),
  };
}

function profileStrings(column: StringColumn): StringColumnProfile {
  const counts = new Float64Array(column.dictionary.length);
  for (let row = 0; row < columnLength(column); row++) {
    const code = column.codes[row] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  const used = column.dictionary
    .map((value, code) => ({ value, count: counts[code] ?? 0 }))
    .filter(({ count }) => count > 0);
  used.sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
  const topValues = used.slice(0, topValueCount).map(({ value, count }) => {
    return { value: value.slice(0, topValueLength), count };
  });
  return {
    name: column.name,
    type: 'string',
    missingCount: missingCount(column),
    distinctCount: used.length,
    topValues,
  };
}
