// The check of business hours, made whole: a time zone that is known, days and times that there are.
import { listNames, shorten } from '../diagnostic/did-you-mean.ts';
import { type BusinessHours, businessDays, type CheckSpec } from './environment-check.ts';
import type { Mistakes } from './spec-mistakes.ts';

const dayMinutes = 24 * 60;

export function completeHours(mistakes: Mistakes, spec: CheckSpec): BusinessHours {
  const { timeZone = 'UTC', start = '09:00', end = '17:00' } = spec;
  const { days = businessDays.slice(0, 5), timeoutMinutes = dayMinutes } = spec;
  if (!isTimeZone(timeZone))
    mistakes.add(
      `the time zone '${shorten(timeZone)}' is not known; write one of IANA's such as 'Europe/Berlin'`,
    );
  for (const day of days) {
    if (!businessDays.includes(day))
      mistakes.add(`'${shorten(day)}' is no day; expected ${listNames(businessDays)}`);
  }
  if (days.length === 0) mistakes.add('the check businessHours has no days; name some');
  for (const time of [start, end]) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
      mistakes.add(
        `'${shorten(time)}' is no time of the day; expected one from '00:00' to '23:59'`,
      );
  }
  if (start === end)
    mistakes.add(`business hours from ${start} to ${end} are none; let them end later`);
  return { type: 'businessHours', timeZone, days, start, end, timeoutMinutes };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
