// Whether a moment is in business hours, and when to look again where it is not.
import { type BusinessHours, businessDays } from './environment-check.ts';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
// The clocks may be put forward or back until the doors open: nearer to it the time is worked out anew.
const longestWaitMinutes = 15;

export function isOpen({ days, timeZone, start, end }: BusinessHours, now: number): boolean {
  const { day, minute } = wallTime(timeZone, now);
  const [from, to] = [minuteOf(start), minuteOf(end)];
  const isWorkday = days.includes(dayName(day));
  if (from < to) return isWorkday && minute >= from && minute < to;
  // Over midnight: the evening of a day, or the morning after one.
  return (isWorkday && minute >= from) || (days.includes(dayName(day - 1)) && minute < to);
}

/** No later than the doors open. */
export function nextLook({ days, timeZone, start }: BusinessHours, now: number): number {
  const { day, minute } = wallTime(timeZone, now);
  const from = minuteOf(start);
  const starts = Array.from({ length: 8 }, (_, ahead) => ahead)
    .filter((ahead) => days.includes(dayName(day + ahead)))
    .map((ahead) => ahead * dayMinutes + from - minute)
    .filter((wait) => wait > 0);
  const wait = Math.min(longestWaitMinutes, ...starts);
  return Math.floor(now / minuteMs) * minuteMs + wait * minuteMs;
}

/** `day`: from 0 for Monday. */
function wallTime(
  timeZone: string,
  now: number,
): { readonly day: number; readonly minute: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
  });
  const part = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const minute = Number(part.get('hour')) * 60 + Number(part.get('minute'));
  const names: readonly string[] = businessDays;
  return { day: names.indexOf(part.get('weekday') ?? ''), minute };
}

function dayName(day: number) {
  return businessDays[((day % 7) + 7) % 7] ?? 'Mon';
}

/** `09:30` is 570. */
function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
