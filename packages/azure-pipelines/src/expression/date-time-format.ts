// Times as text. `format('{0:yyyyMMdd}', …)` knows a subset of .NET's specifiers, and wants every
// other character escaped; the name of a run takes them all, and other characters as they are.
import type { DateTimeValue } from './date-time.ts';

interface Fields {
  readonly date: Date;
  /** Seven digits. */
  readonly fraction: string;
  readonly offsetMinutes: number;
}

type Specifiers = ReadonlyMap<string, (fields: Fields) => string>;

const specifiers: Specifiers = new Map([
  ['yyyy', ({ date }) => digits(date.getUTCFullYear(), 4)],
  ['yy', ({ date }) => digits(date.getUTCFullYear() % 100, 2)],
  ['MM', ({ date }) => digits(date.getUTCMonth() + 1, 2)],
  ['M', ({ date }) => digits(date.getUTCMonth() + 1, 1)],
  ['dd', ({ date }) => digits(date.getUTCDate(), 2)],
  ['d', ({ date }) => digits(date.getUTCDate(), 1)],
  ['HH', ({ date }) => digits(date.getUTCHours(), 2)],
  ['H', ({ date }) => digits(date.getUTCHours(), 1)],
  ['mm', ({ date }) => digits(date.getUTCMinutes(), 2)],
  ['m', ({ date }) => digits(date.getUTCMinutes(), 1)],
  ['ss', ({ date }) => digits(date.getUTCSeconds(), 2)],
  ['s', ({ date }) => digits(date.getUTCSeconds(), 1)],
  ['zzz', ({ offsetMinutes }) => offsetText(offsetMinutes)],
  ['K', ({ offsetMinutes }) => offsetText(offsetMinutes)],
]);

const months =
  'January February March April May June July August September October November December';
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday';

const plainSpecifiers: Specifiers = new Map([
  ...specifiers,
  ['MMMM', ({ date }) => months.split(' ')[date.getUTCMonth()] ?? ''],
  ['MMM', ({ date }) => (months.split(' ')[date.getUTCMonth()] ?? '').slice(0, 3)],
  ['dddd', ({ date }) => weekdays.split(' ')[date.getUTCDay()] ?? ''],
  ['ddd', ({ date }) => (weekdays.split(' ')[date.getUTCDay()] ?? '').slice(0, 3)],
  ['hh', ({ date }) => digits(date.getUTCHours() % 12 || 12, 2)],
  ['h', ({ date }) => digits(date.getUTCHours() % 12 || 12, 1)],
  ['tt', ({ date }) => (date.getUTCHours() < 12 ? 'AM' : 'PM')],
]);

/** Undefined when the format has a character that is neither a specifier nor escaped. */
export function formatDateTime(value: DateTimeValue, format: string): string | undefined {
  const fields = fieldsOf(value);
  let text = '';
  for (const [piece] of format.matchAll(piecePattern)) {
    const part = formatPiece(piece, fields, specifiers);
    if (part === undefined) return undefined;
    text += part;
  }
  return text;
}

export function formatPlainDateTime(value: DateTimeValue, format: string): string {
  const fields = fieldsOf(value);
  return format.replaceAll(
    piecePattern,
    (piece) => formatPiece(piece, fields, plainSpecifiers) ?? piece,
  );
}

/** An escaped character, or one character as often as it stands in a row. */
const piecePattern = /\\.|(.)\1*/gsu;

function formatPiece(piece: string, fields: Fields, known: Specifiers): string | undefined {
  if (piece.startsWith('\\')) return piece.length > 1 ? piece.slice(1) : undefined;
  if (/^ +$/u.test(piece)) return piece;
  if (/^f{1,7}$/u.test(piece)) return fields.fraction.slice(0, piece.length);
  return known.get(piece)?.(fields);
}

function fieldsOf(value: DateTimeValue): Fields {
  const ticks = value.ticks + BigInt(value.offsetMinutes) * 600_000_000n;
  const ticksOfSecond = ((ticks % 10_000_000n) + 10_000_000n) % 10_000_000n;
  return {
    date: new Date(Number((ticks - ticksOfSecond) / 10_000n)),
    fraction: ticksOfSecond.toString().padStart(7, '0'),
    offsetMinutes: value.offsetMinutes,
  };
}

function offsetText(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  const sign = offsetMinutes < 0 ? '-' : '+';
  return `${sign}${digits(Math.trunc(minutes / 60), 2)}:${digits(minutes % 60, 2)}`;
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
