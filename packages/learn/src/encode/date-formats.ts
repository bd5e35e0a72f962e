// Dates written as text. A format is an order of day, month and year; the time after it is optional.
// Months and quarters stand for their first day. Without a zone, times are UTC.

/** In the order in which they are tried. */
export const dateFormats = [
  'year-month-day',
  'day-month-year',
  'month-day-year',
  'day-name-year',
  'name-day-year',
  'year-month',
  'name-year',
  'year-quarter',
] as const;
export type DateFormat = (typeof dateFormats)[number];

const time = String.raw`(?:[T ,]+(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?\s*(?<zone>Z|UTC|[+-]\d\d:?\d\d)?)?`;
const year = String.raw`(?<year>\d{4})`;
const month = String.raw`(?<month>\d{1,2})`;
const day = String.raw`(?<day>\d{1,2})`;
const name = String.raw`(?<name>[A-Za-z]{3,9})\.?`;
const separator = '(?<separator>[-/.])';

const patterns: Readonly<Record<DateFormat, RegExp>> = {
  'year-month-day': whole(`${year}${separator}${month}\\k<separator>${day}${time}`),
  'day-month-year': whole(`${day}${separator}${month}\\k<separator>${year}${time}`),
  'month-day-year': whole(`${month}${separator}${day}\\k<separator>${year}${time}`),
  'day-name-year': whole(`${day}[- ]${name}[- ,]+${year}${time}`),
  'name-day-year': whole(`${name}[- ]${day},?[- ]${year}${time}`),
  'year-month': whole(String.raw`${year}(?:[-/]|M)(?<month>\d\d?)`),
  'name-year': whole(`${name}[- ]${year}`),
  'year-quarter': whole(`${year}[- ]?Q(?<quarter>[1-4])`),
};

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

const monthNames = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

/** Milliseconds since 1970 UTC, or null where the text is no date of this format. */
export function parseDate(text: string, format: DateFormat): number | null {
  // No date is longer; the patterns stay cheap on texts of any length.
  if (text.length > 50) return null;
  const parts = patterns[format].exec(text.trim())?.groups;
  if (parts === undefined) return null;
  const date = dateOf(Number(parts.year), monthOf(parts), Number(parts.day ?? 1));
  const clock = clockOf(parts);
  return date === null || clock === null ? null : date + clock - zoneMs(parts.zone);
}

/** The first format that reads the text decides; NaN for an empty text, null where none does. */
export function parseDateIn(text: string, formats: readonly DateFormat[]): number | null {
  if (text.trim() === '') return Number.NaN;
  for (const format of formats) {
    const milliseconds = parseDate(text, format);
    if (milliseconds !== null) return milliseconds;
  }
  return null;
}

type Parts = Readonly<Record<string, string | undefined>>;

/** 0 for what is no month. */
function monthOf({ month, name, quarter }: Parts): number {
  if (quarter !== undefined) return 3 * Number(quarter) - 2;
  if (name === undefined) return Number(month);
  const lower = name.toLowerCase();
  return monthNames.findIndex((full) => full.startsWith(lower)) + 1;
}

function dateOf(year: number, month: number, day: number): number | null {
  const milliseconds = Date.UTC(year, month - 1, day);
  const date = new Date(milliseconds);
  // Date rolls a 31st of April over to May, which is no such day; years below 100 it moves.
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? milliseconds : null;
}

function clockOf({ hour = '0', minute = '0', second = '0', fraction = '0' }: Parts): number | null {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const fractionMs = Math.floor(Number(`0.${fraction}`) * 1000);
  return (Number(hour) * 60 + Number(minute)) * 60_000 + Number(second) * 1000 + fractionMs;
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
