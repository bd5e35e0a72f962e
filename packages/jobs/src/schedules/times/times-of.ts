// The times of a schedule: each kind of trigger that goes by the clock becomes one function that
// gives the next time after another.
import type { CronTrigger, RecurrenceTrigger } from '../trigger.ts';
import { cronTimes } from './cron-times.ts';
import { readTime } from './read-time.ts';
import { recurrenceTimes } from './recurrence-times.ts';
import { zoneOf } from './zone-of.ts';

/** The first time after another, in milliseconds since 1970; null where none comes any more. */
export type NextTime = (after: number) => number | null;

/**
 * @param anchor where the intervals of a recurrence without a start begin.
 * @throws JobError SCHEDULE_INVALID
 */
export function timesOf(trigger: CronTrigger | RecurrenceTrigger, anchor: number): NextTime {
  const zone = zoneOf(trigger.timeZone);
  const start = trigger.startTime === null ? null : readTime('startTime', trigger.startTime, zone);
  const end = trigger.endTime === null ? null : readTime('endTime', trigger.endTime, zone);
  const times =
    trigger.type === 'cron'
      ? cronTimes(trigger.expression, zone)
      : recurrenceTimes(trigger, start ?? anchor, zone);
  return between(times, start, end);
}

function between(times: NextTime, start: number | null, end: number | null): NextTime {
  return (after) => {
    // A time that is the start itself counts.
    const next = times(start === null ? after : Math.max(after, start - 1));
    return next === null || (end !== null && next > end) ? null : next;
  };
}
