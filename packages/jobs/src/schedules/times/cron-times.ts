// The times of a cron expression of five fields. A time that the clocks leave out comes right after
// the gap, and one that they show twice comes once; where minutes or hours are given as a star or a
// step, it is an interval that is meant, and that goes on through a repeated hour.
import { Cron } from 'croner';
import { JobError } from '../../errors.ts';
import type { TimeZone } from './time-zone.ts';
import type { NextTime } from './times-of.ts';

const maxLength = 200;
// Croner knows more signs (L, W, #, ?, +) that no schedule of Azure's has.
const field = /^(?:[\d*,-]|[a-z]{3}|(?<=[\da-z*])\/)+$/i;
// An expression that names months or days can come four years late, as the 29th of February does;
// what has no time in twelve years, past the turn of a century, never has one.
const horizonMs = 12 * 366 * 86_400_000;

/** @throws JobError SCHEDULE_INVALID */
export function cronTimes(expression: string, zone: TimeZone): NextTime {
  const cron = readCron(expression, zone);
  return (after) => {
    const next = cron.nextRun(new Date(after))?.getTime() ?? null;
    return next === null || next - after > horizonMs ? null : next;
  };
}

function readCron(expression: string, zone: TimeZone): Cron {
  const fields = expression.trim().split(/\s+/);
  const isRefused = expression.length > maxLength || !fields.every((each) => field.test(each));
  if (fields.length !== 5 || isRefused) {
    throw refused(expression, "it has five fields of digits, names, '*', ',', '-' and '/'");
  }
  try {
    return new Cron(fields.join(' '), {
      timezone: zone.name,
      mode: '5-part',
      fixedTimeRule: 'no-wildcard',
      // `5/10` is from five on every ten, as NCRONTAB has it.
      sloppyRanges: true,
      paused: true,
    });
  } catch (error) {
    throw refused(expression, error instanceof Error ? error.message : String(error));
  }
}

function refused(expression: string, reason: string): JobError {
  const shown = expression.slice(0, 80).toWellFormed();
  const message =
    `cron expression '${shown}' cannot be read: ${reason.replace('CronPattern: ', '')}; write ` +
    "'MINUTES HOURS DAYS MONTHS DAYS-OF-WEEK', such as '0 8 * * MON-FRI'";
  return new JobError('SCHEDULE_INVALID', message);
}
