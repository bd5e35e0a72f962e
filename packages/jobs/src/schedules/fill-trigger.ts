// From a trigger as a user gives it to one of which nothing is left out: each type has its own fields,
// and one that it does not have is a mistake.
import { JobError } from '../errors.ts';
import type { JobStatus } from '../job/job.ts';
import type { TriggerSpec } from './schedule.ts';
import type { BuildStatus, RecurrencePattern, Trigger } from './trigger.ts';

const clockFields = ['timeZone', 'startTime', 'endTime'] as const;

interface Fields {
  readonly needed: ReadonlyArray<keyof TriggerSpec>;
  readonly others: ReadonlyArray<keyof TriggerSpec>;
}

const fieldsByType: Readonly<Record<Trigger['type'], Fields>> = {
  cron: { needed: ['expression'], others: clockFields },
  recurrence: { needed: ['frequency', 'interval'], others: ['pattern', ...clockFields] },
  data: { needed: ['path'], others: ['pollSeconds'] },
  model: { needed: ['model'], others: ['tags', 'alias'] },
  job: { needed: [], others: ['experimentName', 'displayName', 'status'] },
  build: { needed: ['name'], others: ['status', 'branch'] },
};

export const triggerTypes = Object.keys(fieldsByType) as ReadonlyArray<Trigger['type']>;

/** @throws JobError SCHEDULE_INVALID */
export function fillTrigger(spec: TriggerSpec): Trigger {
  const { needed, others } = fieldsByType[spec.type];
  const given = (Object.keys(spec) as Array<keyof TriggerSpec>).filter((key) => spec[key] != null);
  for (const key of needed) {
    if (!given.includes(key)) throw invalid(`one of type '${spec.type}' needs '${key}'`);
  }
  const known = ['type', ...needed, ...others];
  const unknown = given.find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw invalid(`one of type '${spec.type}' has no '${unknown}'; it has '${known.join("', '")}'`);
  }
  return withDefaults(spec);
}

function withDefaults(spec: TriggerSpec): Trigger {
  const { timeZone = 'UTC', startTime = null, endTime = null } = spec;
  const clock = { timeZone, startTime, endTime };
  switch (spec.type) {
    case 'cron':
      return { type: 'cron', expression: spec.expression ?? '', ...clock };
    case 'recurrence': {
      const { frequency = 'day', interval = 1 } = spec;
      return { type: 'recurrence', frequency, interval, pattern: patternOf(spec), ...clock };
    }
    case 'data':
      return { type: 'data', path: spec.path ?? '', pollSeconds: spec.pollSeconds ?? 60 };
    case 'model': {
      const { model = '', tags = {}, alias = null } = spec;
      return { type: 'model', model, tags, alias };
    }
    case 'job': {
      const { experimentName = null, displayName = null, status = ['Completed'] } = spec;
      // That they are such, is checked with the rest.
      return { type: 'job', experimentName, displayName, status: status as readonly JobStatus[] };
    }
    case 'build': {
      const { name = '', status = ['succeeded'], branch = null } = spec;
      return { type: 'build', name, status: status as readonly BuildStatus[], branch };
    }
  }
}

function patternOf({ pattern }: TriggerSpec): RecurrencePattern | null {
  if (pattern === null || pattern === undefined) return null;
  const { hours = [], minutes = [], weekDays = [], monthDays = [] } = pattern;
  return { hours, minutes, weekDays, monthDays };
}

function invalid(problem: string): JobError {
  return new JobError('SCHEDULE_INVALID', `the trigger cannot be used: ${problem}`);
}
