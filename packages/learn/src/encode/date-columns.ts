// Whether a column of texts is one of dates, and in which formats. Texts such as 02/03/2020 can be read
// in two ways: what the column's other texts say decides, and where they say nothing, the separator.

import type { TextLevel } from './column-facts.ts';
import { type DateFormat, dateFormats, parseDate } from './date-formats.ts';
import type { EncoderParameters } from './encoder-options.ts';

/** The formats in the order in which they are to be tried, or why the texts are no dates. */
export type DateVerdict =
  | { readonly formats: readonly DateFormat[]; readonly reason: string }
  | { readonly formats: null; readonly reason: string };

const monthFirst: DateFormat = 'month-day-year';
const dayFirst: DateFormat = 'day-month-year';

/** @returns null where the texts look nothing like dates. */
export function judgeDates(
  levels: readonly TextLevel[],
  order: EncoderParameters['dateOrder'],
): DateVerdict | null {
  const rows = new Map<DateFormat, number>();
  let ambiguous: TextLevel | null = null;
  for (const level of levels) {
    if (level.text.trim() === '') continue;
    const fitting = dateFormats.filter((format) => parseDate(level.text, format) !== null);
    if (fitting.length === 0) return null;
    if (fitting.length > 1) ambiguous ??= level;
    else rows.set(fitting[0], (rows.get(fitting[0]) ?? 0) + level.count);
  }
  if (rows.has(dayFirst) && rows.has(monthFirst)) {
    const reason = `some dates can only be ${dayFirst} and others only ${monthFirst}`;
    return { formats: null, reason: `${reason}: no reading of the column would be safe` };
  }
  if (rows.size === 0 && ambiguous === null) return null;
  const told = ambiguous === null ? '' : orderReason(rows, ambiguous, order);
  if (ambiguous !== null) addOrder(rows, ambiguous, order);
  const formats = dateFormats.filter((format) => rows.has(format));
  return { formats, reason: `${describe(formats)}${told}` };
}

function addOrder(
  rows: Map<DateFormat, number>,
  { text, count }: TextLevel,
  order: EncoderParameters['dateOrder'],
): void {
  if (rows.has(dayFirst) || rows.has(monthFirst)) return;
  rows.set(isMonthFirst(text, order) ? monthFirst : dayFirst, count);
}

/** In an ambiguous column, slashes are the American order, dots and dashes the European one. */
function isMonthFirst(text: string, order: EncoderParameters['dateOrder']): boolean {
  return order === 'auto' ? text.includes('/') : order === 'month-first';
}

function orderReason(
  rows: ReadonlyMap<DateFormat, number>,
  { text }: TextLevel,
  order: EncoderParameters['dateOrder'],
): string {
  const example = `'${text.slice(0, 20)}'`;
  const other = [dayFirst, monthFirst].find((format) => rows.has(format));
  if (other !== undefined)
    return `; ${example} is read as ${other}, as other dates of the column are`;
  const chosen = isMonthFirst(text, order) ? monthFirst : dayFirst;
  if (order !== 'auto') return `; ${example} is read as ${chosen}, as asked`;
  return `; ${example} could be read in two ways, and ${chosen} is assumed: set dateOrder if it is not`;
}

function describe(formats: readonly DateFormat[]): string {
  if (formats.length === 1) return `texts of dates (${formats[0]})`;
  return `texts of dates in ${formats.length} formats (${formats.join(', ')})`;
}
