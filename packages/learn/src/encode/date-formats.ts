// Dates written as text. A format is an order of day, month and year; the time after it is optional.
// Without a zone, times are UTC.

/** In the order in which they are tried. */
export const dateFormats = [
  'year-month-day',
  'day-month-year',
  'month-day-year',
  'day-name-year',
  'name-day-year',
] as const;
export type DateFormat = (typeof dateFormats)[number];

const time = String.raw`(?:[T ,]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?`;
const name = String.raw`([A-Za-z]{3,9})\.?`;

const patterns: Readonly<Record<DateFormat, RegExp>> = {
  'year-month-day': dated(String.raw`(\d{4})([-/.])(\d{1,2})\2(\d{1,2})`),
  'day-month-year': dated(String.raw`(\d{1,2})([-/.])(\d{1,2})\2(\d{4})`),
  'month-day-year': dated(String.raw`(\d{1,2})([-/.])(\d{1,2})\2(\d{4})`),
  'day-name-year': dated(String.raw`(\d{1,2})([- ])${name}[- ,]+(\d{4})`),
  'name-day-year': dated(String.raw`${name}( )(\d{1,2}),? (\d{4})`),
};

function dated(date: string): RegExp {
  return new RegExp(`^${date}${time}$`);
}

const monthNames = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];

/** Milliseconds since 1970 UTC, or null where the text is no date of this format. */
export function parseDate(text: string, format: DateFormat): number | null {
  // No date is longer; the patterns stay cheap on texts of any length.
  if (text.length > 50) return null;
  const match = patterns[format].exec(text.trim());
  if (match === null) return null;
  const [, first, , second, third, hour, minute, seconds, fraction, zone] = match;
  const [year, month, day] = inOrder(format, first, second, third);
  const date = dateOf(year, month, day);
  const clock = clockOf(hour, minute, seconds, fraction);
  return date === null || clock === null ? null : date + clock - zoneMs(zone);
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

function inOrder(format: DateFormat, first: string, second: string, third: string) {
  switch (format) {
    case 'year-month-day':
      return [Number(first), Number(second), Number(third)] as const;
    case 'day-month-year':
      return [Number(third), Number(second), Number(first)] as const;
    case 'month-day-year':
      return [Number(third), Number(first), Number(second)] as const;
    case 'day-name-year':
      return [Number(third), monthOf(second), Number(first)] as const;
    case 'name-day-year':
      return [Number(third), monthOf(first), Number(second)] as const;
  }
}

function monthOf(text: string): number {
  return monthNames.indexOf(text.slice(0, 3).toLowerCase()) + 1;
}

function dateOf(year: number, month: number, day: number): number | null {
  const milliseconds = Date.UTC(year, month - 1, day);
  const date = new Date(milliseconds);
  // Date rolls a 31st of April over to May, which is no such day; years below 100 it moves.
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? milliseconds : null;
}

function clockOf(hour = '0', minute = '0', second = '0', fraction = '0'): number | null {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const fractionMs = Math.floor(Number(`0.${fraction}`) * 1000);
  return (Number(hour) * 60 + Number(minute)) * 60_000 + Number(second) * 1000 + fractionMs;
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
