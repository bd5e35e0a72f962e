// From the rows of the store to the shapes that readers see.
import { JobError } from '../errors.ts';
import type {
  Firing,
  Schedule,
  ScheduleDefinition,
  ScheduleDetails,
  ScheduleError,
  ScheduleStart,
} from './schedule.ts';
import type { FiringRow, ScheduleRow } from './schedule-store.ts';
import { type NextTime, timesOf } from './times/times-of.ts';
import type { CronTrigger, RecurrenceTrigger } from './trigger.ts';
import type { ClockCursor } from './triggers/clock-watch.ts';

const shownTimes = 10;

export function describeSchedule(row: ScheduleRow, now: number): Schedule {
  const { start, ...definition }: ScheduleDefinition = JSON.parse(row.definition);
  return {
    name: row.name,
    ...definition,
    enabled: row.enabled === 1,
    starts: describeStart(start),
    nextTime: nextTimes(row, now, 1)[0] ?? null,
    error: failure(row.error_code, row.error_message),
    createdBy: row.created_by,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

export function describeDetails(row: ScheduleRow, now: number): ScheduleDetails {
  const { start }: ScheduleDefinition = JSON.parse(row.definition);
  return {
    ...describeSchedule(row, now),
    nextTimes: nextTimes(row, now, shownTimes),
    job: start.job ?? null,
  };
}

export function describeFiring(row: FiringRow, schedule: string): Firing {
  return {
    id: row.firing_id,
    schedule,
    status: row.status,
    dueAt: new Date(row.due_at).toISOString(),
    notedAt: new Date(row.noted_at).toISOString(),
    reason: row.reason,
    jobId: row.job_id,
    error: failure(row.error_code, row.error_message),
  };
}

function describeStart(start: ScheduleStart): Schedule['starts'] {
  const { job, pipeline, pipelineEndpoint = '' } = start;
  const version = start.version ?? null;
  if (job !== undefined) return { kind: 'job', name: job.fileName, version };
  if (pipeline !== undefined) return { kind: 'pipeline', name: pipeline, version };
  return { kind: 'pipelineEndpoint', name: pipelineEndpoint, version };
}

function nextTimes(row: ScheduleRow, now: number, limit: number): readonly string[] {
  const { trigger }: ScheduleDefinition = JSON.parse(row.definition);
  const goesByClock = trigger.type === 'cron' || trigger.type === 'recurrence';
  if (row.enabled === 0 || !goesByClock) return [];
  const { anchor }: ClockCursor = JSON.parse(row.cursor);
  const next = timesOrNone(trigger, anchor);
  const times: string[] = [];
  for (let time = next(now); time !== null && times.length < limit; time = next(time)) {
    times.push(new Date(time).toISOString());
  }
  return times;
}

// What this server does not read is told as the schedule's error, and not by refusing the list.
function timesOrNone(trigger: CronTrigger | RecurrenceTrigger, anchor: number): NextTime {
  try {
    return timesOf(trigger, anchor);
  } catch (error) {
    if (error instanceof JobError) return () => null;
    throw error;
  }
}

function failure(code: string | null, message: string | null): ScheduleError | null {
  return code === null ? null : { code, message: message ?? '' };
}
