// Checks a trigger as a user gives it, and fills in what is left out.
import { JobError } from '../errors.ts';
import { endedStatuses } from '../job/job.ts';
import { fillTrigger } from './fill-trigger.ts';
import type { TriggerSpec } from './schedule.ts';
import { readTime } from './times/read-time.ts';
import { timesOf } from './times/times-of.ts';
import { zoneOf } from './times/zone-of.ts';
import {
  buildStatuses,
  type CronTrigger,
  type RecurrencePattern,
  type RecurrenceTrigger,
  type Trigger,
} from './trigger.ts';

const maxInterval = 1_000;
const maxListed = 100;
const maxNameLength = 1_024;

/** @throws JobError SCHEDULE_INVALID */
export function checkTrigger(spec: TriggerSpec): Trigger {
  const trigger = fillTrigger(spec);
  switch (trigger.type) {
    case 'cron':
    case 'recurrence':
      checkClock(trigger);
      break;
    case 'data':
      checkName('path', trigger.path);
      checkWhole('pollSeconds', trigger.pollSeconds, 1, 86_400);
      break;
    case 'model':
      for (const each of [trigger.model, trigger.alias ?? 'none']) checkName('model', each);
      for (const each of Object.entries(trigger.tags).flat()) checkName('tags', each, 0);
      if (Object.keys(trigger.tags).length > maxListed) throw invalid('it names too many tags');
      break;
    case 'job':
      checkJob(trigger);
      break;
    case 'build':
      for (const each of [trigger.name, trigger.branch ?? 'none']) checkName('name', each);
      checkStatus(trigger.status, buildStatuses);
  }
  return trigger;
}

function checkClock(trigger: CronTrigger | RecurrenceTrigger): void {
  const { startTime, endTime } = trigger;
  if (trigger.type === 'recurrence') checkRecurrence(trigger);
  const next = timesOf(trigger, Date.UTC(2000, 0, 1));
  const zone = zoneOf(trigger.timeZone);
  if (startTime !== null && endTime !== null) {
    const end = readTime('endTime', endTime, zone);
    if (end < readTime('startTime', startTime, zone)) {
      throw invalid(`it ends at '${endTime}', before it starts at '${startTime}'`);
    }
  }
  if (next(Date.UTC(2000, 0, 1)) === null && endTime === null) {
    throw invalid('there is no day on which it would fire; look at its days and months');
  }
}

function checkRecurrence({ frequency, interval, pattern }: RecurrenceTrigger): void {
  checkWhole('interval', interval, 1, maxInterval);
  if (pattern === null) return;
  for (const hour of pattern.hours) checkWhole('hours', hour, 0, 23);
  for (const minute of pattern.minutes) checkWhole('minutes', minute, 0, 59);
  for (const day of pattern.monthDays) checkWhole('monthDays', day, 1, 31);
  for (const list of Object.values(pattern)) {
    if (list.length > maxListed) throw invalid(`a list of its pattern is over ${maxListed} long`);
  }
  checkPatternFits(frequency, pattern);
}

function checkPatternFits(frequency: RecurrenceTrigger['frequency'], pattern: RecurrencePattern) {
  if (frequency === 'minute' || frequency === 'hour') {
    throw invalid(`a pattern goes with days, weeks and months, and not with '${frequency}'`);
  }
  if (pattern.weekDays.length > 0 && frequency !== 'week') {
    throw invalid(`weekDays go with the frequency 'week', and not with '${frequency}'`);
  }
  if (pattern.monthDays.length > 0 && frequency !== 'month') {
    throw invalid(`monthDays go with the frequency 'month', and not with '${frequency}'`);
  }
}

function checkJob(trigger: Extract<Trigger, { readonly type: 'job' }>): void {
  const { experimentName, displayName, status } = trigger;
  if (experimentName === null && displayName === null) {
    throw invalid("it names no jobs: give it an 'experimentName' or a 'displayName'");
  }
  for (const each of [experimentName, displayName]) checkName('name', each ?? 'none');
  checkStatus(status, endedStatuses);
}

function checkName(what: string, text: string, minLength = 1): void {
  const fits = text.length >= minLength && text.length <= maxNameLength;
  if (fits && text.isWellFormed() && !text.includes('\0')) return;
  throw invalid(`its ${what} is not ${minLength} to ${maxNameLength} characters of valid text`);
}

function checkStatus(list: readonly string[], known: readonly string[]): void {
  const words = `'${known.join("', '")}'`;
  if (list.length === 0) throw invalid(`its list of status is empty: name some of ${words}`);
  const unknown = list.find((each) => !known.includes(each));
  if (unknown === undefined && list.length <= maxListed) return;
  const shown = (unknown ?? list.length).toString().slice(0, 60).toWellFormed();
  throw invalid(`its status '${shown}' is no end that it could wait for: name some of ${words}`);
}

function checkWhole(what: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw invalid(`its ${what} is ${value}; write whole numbers from ${min} to ${max}`);
}

function invalid(problem: string): JobError {
  return new JobError('SCHEDULE_INVALID', `the trigger cannot be used: ${problem}`);
}
