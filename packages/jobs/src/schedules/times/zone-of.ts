// The time zone that a schedule names.
import { JobError } from '../../errors.ts';
import { TimeZone } from './time-zone.ts';

/** @throws JobError SCHEDULE_INVALID */
export function zoneOf(name: string): TimeZone {
  const zone = TimeZone.find(name);
  if (zone !== null) return zone;
  const shown = name.slice(0, 60).toWellFormed();
  const message =
    `time zone '${shown}' is not known; write a name of IANA's such as 'Europe/Berlin', or of ` +
    "Windows such as 'W. Europe Standard Time'";
  throw new JobError('SCHEDULE_INVALID', message);
}
