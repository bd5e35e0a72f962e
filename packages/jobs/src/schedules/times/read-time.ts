// The start or the end of a schedule as users write it: with an offset, or as the wall shows it in
// the schedule's time zone.
import { JobError } from '../../errors.ts';
import type { TimeZone } from './time-zone.ts';

const form =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** @throws JobError SCHEDULE_INVALID */
export function readTime(what: string, text: string, zone: TimeZone): number {
  const [, date = '', time = '00:00', offset] = form.exec(text.trim()) ?? [];
  const wall = Date.parse(`${date}T${time}Z`);
  if (!(wall >= 0) || !sameDate(wall, date)) throw unreadable(what, text);
  return offset === undefined ? zone.toInstant(wall) : wall - offsetMs(offset);
}

// The 30th of February would otherwise be one of March.
function sameDate(wall: number, date: string): boolean {
  return new Date(wall).toISOString().startsWith(date);
}

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(-2));
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function unreadable(what: string, text: string): JobError {
  const shown = text.slice(0, 60).toWellFormed();
  const message =
    `${what} '${shown}' is not a time from 1970 on; write it as '2026-05-01T08:00:00', as the clocks of the ` +
    "schedule's time zone show it, or with an offset as '2026-05-01T08:00:00Z'";
  return new JobError('SCHEDULE_INVALID', message);
}
