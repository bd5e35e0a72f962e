// Triggers that go by the clock. Times that passed while no server ran are made good, or not, as the
// schedule says.

import type { CatchUp } from '../schedule.ts';
import { lastTimes } from '../times/last-times.ts';
import { timesOf } from '../times/times-of.ts';
import type { CronTrigger, RecurrenceTrigger } from '../trigger.ts';
import type { Happening, Watch } from './watch.ts';

export interface ClockCursor {
  /** All times up to this have been seen. */
  readonly until: number;
  /** Where the intervals of a recurrence without a start begin. */
  readonly anchor: number;
}

/** What is later than this has been missed. */
const lateMs = 60_000;
/** So many times are made good at most, and are counted at most. */
const maxTimes = 100;

export const clockWatch: Watch<CronTrigger | RecurrenceTrigger, ClockCursor> = {
  async begin(_trigger, { now }) {
    return { until: now, anchor: now };
  },

  async look(trigger, cursor, { catchUp, now }) {
    const times = lastTimes(timesOf(trigger, cursor.anchor), cursor.until, now, maxTimes);
    const latest = times.at(-1);
    if (latest === undefined) return { happenings: [], cursor };
    const happenings = happeningsOf(times, catchUp, now);
    return { happenings, cursor: { ...cursor, until: latest } };
  },

  wakeAt(trigger, { until, anchor }) {
    return timesOf(trigger, anchor)(until);
  },
};

function happeningsOf(times: readonly number[], catchUp: CatchUp, now: number) {
  const missed = times.filter((time) => now - time > lateMs);
  const onTime = times.slice(missed.length);
  if (missed.length === 0) return onTime.map((time) => firing(time, 'its time had come'));
  switch (catchUp) {
    case 'all':
      return [
        ...missed.map((time) => firing(time, 'made good: missed while no server ran')),
        ...onTime.map((time) => firing(time, 'its time had come')),
      ];
    case 'latest':
      return [firing(times.at(-1) ?? now, latestReason(missed, onTime))];
    case 'none':
      return [
        {
          ...firing(missed.at(-1) ?? now, `${count(missed)} missed while no server ran`),
          isSkipped: true,
        },
        ...onTime.map((time) => firing(time, 'its time had come')),
      ];
  }
}

function latestReason(missed: readonly number[], onTime: readonly number[]): string {
  if (onTime.length > 0) return `its time had come; ${count(missed)} before it missed`;
  if (missed.length === 1) return 'made good: missed while no server ran';
  return `made good for ${count(missed)} missed while no server ran`;
}

function count(missed: readonly number[]): string {
  if (missed.length >= maxTimes) return `${maxTimes} or more times`;
  return missed.length === 1 ? '1 time' : `${missed.length} times`;
}

function firing(time: number, reason: string): Happening {
  const iso = new Date(time).toISOString();
  return { key: `time:${iso}`, dueAt: time, reason, facts: {} };
}
