// The rows of a table that are parts of series: each with its time and the key of its series. Owns how
// times and ids are read from columns and cells.

import type { Cell, Column } from '@ridgeline/tabular';
import { judgeDates } from '../encode/date-columns.ts';
import { type DateFormat, dateFormats, parseDateIn } from '../encode/date-formats.ts';
import type { EncodableTable } from '../encode/fitted-table-encoder.ts';
import { LearnError } from '../errors.ts';

export interface SeriesColumns {
  readonly timeName: string;
  /** The columns whose values together tell a series; none for a single one. */
  readonly seriesNames: readonly string[];
}

export interface SeriesRows {
  /** Finite; milliseconds since 1970 UTC for dates. */
  readonly times: Float64Array;
  readonly keys: readonly string[];
}

export interface TimeReading {
  readonly isDate: boolean;
  /** In which texts of dates are written; tried in this order. */
  readonly formats: readonly DateFormat[];
}

/** How the column's times are to be read. @throws LearnError DATA_TYPE_MISMATCH. */
export function timeReadingOf(column: Column): TimeReading {
  if (column.type === 'datetime') return { isDate: true, formats: dateFormats };
  if (column.type === 'long' || column.type === 'double') return { isDate: false, formats: [] };
  const verdict = column.type === 'string' ? judgeDates(levelsOf(column), 'auto') : null;
  if (verdict !== null && verdict.formats !== null) {
    return { isDate: true, formats: verdict.formats };
  }
  throw new LearnError(
    'DATA_TYPE_MISMATCH',
    `column '${column.name}' cannot be the time of a forecast: ${verdict?.reason ?? `it is of type ${column.type} and holds neither dates nor numbers`}`,
  );
}

/** @throws TabularError COLUMN_NOT_FOUND; LearnError DATA_SERIES_INVALID naming the row. */
export function seriesRowsOf(
  table: EncodableTable,
  { timeName, seriesNames }: SeriesColumns,
  reading: TimeReading,
): SeriesRows {
  const timeCell = cellReader(table.column(timeName));
  const idCells = seriesNames.map((name) => cellReader(table.column(name)));
  const times = new Float64Array(table.rowCount);
  const keys: string[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    times[row] = timeOf(timeCell(row), reading, timeName, row);
    keys.push(keyOf(idCells.map((read) => read(row))));
  }
  return { times, keys };
}

/** One text for the ids; a number and its text are one id, as files do not tell them apart. */
export function keyOf(cells: readonly Cell[]): string {
  return JSON.stringify(cells.map((cell) => (cell === null ? null : String(cell))));
}

/** A series' ids, for messages. */
export function plainKey(key: string): string {
  return (JSON.parse(key) as (string | null)[]).map((id) => id ?? '(none)').join(', ');
}

/** @throws LearnError DATA_SERIES_INVALID for what is no time. */
export function timeOf(
  cell: Cell,
  { isDate, formats }: TimeReading,
  name: string,
  row: number,
): number {
  const time =
    typeof cell === 'string' && isDate
      ? (parseDateIn(cell, formats) ?? parseDateIn(cell, ['year-month-day']))
      : typeof cell === 'number'
        ? cell
        : null;
  if (time !== null && Number.isFinite(time) && Math.abs(time) <= 8.64e15) return time;
  const shown = cell === null || Number.isNaN(time) ? 'nothing' : `'${String(cell).slice(0, 40)}'`;
  throw new LearnError(
    'DATA_SERIES_INVALID',
    `column '${name}', row ${row} (from 0) holds ${shown}; expected a ${isDate ? 'date' : 'number'} in every row of a forecast`,
  );
}

function cellReader(column: Column): (row: number) => Cell {
  if (column.type === 'string') return (row) => column.dictionary[column.codes[row]] ?? null;
  return (row) => (Number.isNaN(column.values[row]) ? null : column.values[row]);
}

function levelsOf({ codes, dictionary }: Extract<Column, { type: 'string' }>) {
  const counts = new Map<number, number>();
  for (const code of codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ text: dictionary[code], count }));
}
