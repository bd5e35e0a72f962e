// A point in time with its offset from UTC, to 100 nanoseconds, as .NET's DateTimeOffset.
import { formatDateTime } from './date-time-format.ts';

const ticksPerMs = 10_000n;
const msPerMinute = 60_000;
/** A day and its time, and a zone: `2026-01-31T10:05:00.25+01:00`. The two separators agree. */
const dateTimePattern =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,7}))?(?:Z|([+-])(\d{1,2}):(\d{1,2}))?$/u;

export class DateTimeValue {
  readonly kind = 'dateTime';
  /** 100 ns since 1970-01-01 UTC. */
  readonly ticks: bigint;
  readonly offsetMinutes: number;

  constructor(ticks: bigint, offsetMinutes = 0) {
    this.ticks = ticks;
    this.offsetMinutes = offsetMinutes;
  }

  static fromDate(date: Date): DateTimeValue {
    return new DateTimeValue(BigInt(date.getTime()) * ticksPerMs);
  }

  /** A text without a zone is UTC here: the machine's own zone must not change a pipeline. */
  static parse(text: string): DateTimeValue | undefined {
    const match = dateTimePattern.exec(text.trim());
    if (match === null) return undefined;
    const [, year, , month, day, hour, minute, second, fraction = ''] = match;
    const localMs = msOf([year, month, day, hour, minute, second].map(Number));
    const offsetMinutes = offsetOf(match[9], Number(match[10] ?? 0), Number(match[11] ?? 0));
    if (localMs === undefined || offsetMinutes === undefined) return undefined;
    const utcMs = localMs - offsetMinutes * msPerMinute;
    return new DateTimeValue(
      BigInt(utcMs) * ticksPerMs + BigInt(fraction.padEnd(7, '0')),
      offsetMinutes,
    );
  }

  compareTo(other: DateTimeValue): number {
    return this.ticks < other.ticks ? -1 : this.ticks > other.ticks ? 1 : 0;
  }

  toDate(): Date {
    return new Date(Number(this.ticks / ticksPerMs));
  }

  /** Undefined when the specifiers hold one that the language does not know. */
  format(specifiers: string): string | undefined {
    return formatDateTime(this, specifiers);
  }

  toString(): string {
    return this.format('yyyy\\-MM\\-dd HH\\:mm\\:sszzz') ?? '';
  }
}

function msOf(parts: readonly number[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (year < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that its month does not have rolls over into the next one.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second);
}

function offsetOf(sign: string | undefined, hours: number, minutes: number): number | undefined {
  const offset = hours * 60 + minutes;
  if (minutes > 59 || offset > 14 * 60) return undefined;
  return sign === '-' ? -offset : offset;
}
