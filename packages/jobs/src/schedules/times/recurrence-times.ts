// The times of a recurrence: every so many minutes, hours, days, weeks or months from its start on.
// Minutes and hours are counted in the time of the world; days, weeks and months on the calendar of
// the schedule's time zone, so that eight o'clock stays eight o'clock.
import type { RecurrenceTrigger } from '../trigger.ts';
import { daysOf, firstDayOf } from './calendar-period.ts';
import type { TimeZone } from './time-zone.ts';
import type { NextTime } from './times-of.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
// The 29th of February, every so many months, can be long in coming; and some days never come.
const maxPeriods = 1_500;

export function recurrenceTimes(
  trigger: RecurrenceTrigger,
  start: number,
  zone: TimeZone,
): NextTime {
  switch (trigger.frequency) {
    case 'minute':
      return evenTimes(start, trigger.interval * minuteMs);
    case 'hour':
      return evenTimes(start, trigger.interval * 60 * minuteMs);
    default:
      return calendarTimes(trigger, start, zone);
  }
}

function evenTimes(start: number, stepMs: number): NextTime {
  return (after) => start + Math.max(0, Math.floor((after - start) / stepMs) + 1) * stepMs;
}

function calendarTimes(trigger: RecurrenceTrigger, start: number, zone: TimeZone): NextTime {
  const first = zone.toWall(start);
  const times = timesOfDay(trigger, first);
  return (after) => {
    const from = Math.max(after, start - 1);
    let period = Math.max(0, periodAt(trigger, first, zone.toWall(from)) - 1);
    for (const end = period + maxPeriods; period < end; period += 1) {
      for (const day of daysOf(trigger, first, period)) {
        for (const time of times) {
          const instant = zone.toInstant(day + time);
          if (instant > from) return instant;
        }
      }
    }
    return null;
  };
}

// Hours and minutes as milliseconds of the day, the earliest first.
function timesOfDay({ pattern }: RecurrenceTrigger, first: number): readonly number[] {
  const ofStart = first - Math.floor(first / dayMs) * dayMs;
  if (pattern === null) return [ofStart];
  const hours = pattern.hours.length > 0 ? pattern.hours : [Math.floor(ofStart / 3_600_000)];
  const minutes = pattern.minutes.length > 0 ? pattern.minutes : [0];
  const all = hours.flatMap((hour) => minutes.map((minute) => (hour * 60 + minute) * minuteMs));
  return [...new Set(all)].toSorted((a, b) => a - b);
}

// How many intervals a time is behind the first; perhaps one too many or too few.
function periodAt(trigger: RecurrenceTrigger, first: number, wall: number): number {
  let low = 0;
  let high = 1;
  while (firstDayOf(trigger, first, high) <= wall) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (firstDayOf(trigger, first, middle) <= wall) low = middle;
    else high = middle;
  }
  return low;
}
