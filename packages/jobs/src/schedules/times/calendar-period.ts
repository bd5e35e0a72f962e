// The days of a recurrence: those of its nth day, week or month from the start on. Days are midnights
// on a wall, in milliseconds.
import { type RecurrenceTrigger, weekDays } from '../trigger.ts';

const dayMs = 86_400_000;

/** The first day of the nth day, week or month from the one of `first` on. */
export function firstDayOf(trigger: RecurrenceTrigger, first: number, period: number): number {
  const steps = period * trigger.interval;
  const date = new Date(first);
  const day = Math.floor(first / dayMs) * dayMs;
  switch (trigger.frequency) {
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + steps, 1);
    case 'week':
      return day + (7 * steps - mondayBased(date)) * dayMs;
    default:
      return day + steps * dayMs;
  }
}

/** The days of that period on which the schedule has times, the earliest first. */
export function daysOf(
  trigger: RecurrenceTrigger,
  first: number,
  period: number,
): readonly number[] {
  const start = firstDayOf(trigger, first, period);
  switch (trigger.frequency) {
    case 'month':
      return daysOfMonth(trigger, first, start);
    case 'week':
      return daysOfWeek(trigger, first).map((day) => start + day * dayMs);
    default:
      return [start];
  }
}

function daysOfWeek({ pattern }: RecurrenceTrigger, first: number): readonly number[] {
  const named = (pattern?.weekDays ?? []).map((name) => weekDays.indexOf(name));
  return named.length > 0 ? ascending(named) : [mondayBased(new Date(first))];
}

// Without a day named, the day of the start, or the last one of a month that is too short for it;
// a day that is named is left out where a month does not have it.
function daysOfMonth(
  { pattern }: RecurrenceTrigger,
  first: number,
  start: number,
): readonly number[] {
  const date = new Date(start);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const named = pattern?.monthDays ?? [];
  const days = named.length > 0 ? named : [Math.min(new Date(first).getUTCDate(), length)];
  return ascending(days.filter((day) => day <= length)).map((day) => start + (day - 1) * dayMs);
}

function mondayBased(date: Date): number {
  return (date.getUTCDay() + 6) % 7;
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}
