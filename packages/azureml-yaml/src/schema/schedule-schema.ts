// A schedule: when, and which job.
import { recurrenceFrequencies, weekDays } from '../schedule/schedule-definition.ts';
import { boolean, notBuilt, prose, string, textMap } from './common-schemas.ts';
import { inputsSchema } from './port-schemas.ts';
import type { ListSchema, ObjectSchema, Schema } from './schema-types.ts';

const span = {
  type: { kind: 'string', anyCase: true },
  start_time: string,
  end_time: string,
  time_zone: string,
  timezone: string,
} as const;

const numbers = (of: string, minimum: number, maximum: number): ListSchema => ({
  kind: 'list',
  of,
  mayBeOne: true,
  items: { kind: 'integer', minimum, maximum },
});

const pattern: ObjectSchema = {
  kind: 'object',
  title: 'a recurrence pattern',
  required: ['hours', 'minutes'],
  keys: {
    hours: numbers('hour', 0, 23),
    minutes: numbers('minute', 0, 59),
    week_days: {
      kind: 'list',
      of: 'day',
      mayBeOne: true,
      items: { kind: 'string', allowed: weekDays, anyCase: true },
    },
    month_days: numbers('day', 1, 31),
  },
};

const trigger: Schema = {
  kind: 'variant',
  title: 'a trigger',
  key: 'type',
  anyCase: true,
  fallback: 'cron',
  variants: {
    cron: {
      kind: 'object',
      title: 'a cron trigger',
      required: ['type', 'expression'],
      keys: { ...span, expression: string },
    },
    recurrence: {
      kind: 'object',
      title: 'a recurrence trigger',
      required: ['frequency', 'interval'],
      keys: {
        ...span,
        frequency: { kind: 'string', allowed: recurrenceFrequencies, anyCase: true },
        interval: { kind: 'integer', minimum: 1, maximum: 100_000 },
        schedule: pattern,
        pattern,
      },
    },
  },
};

/** A job named by its file or its name, with values of its own. */
export const scheduledJobSchema: ObjectSchema = {
  kind: 'object',
  title: 'a scheduled job',
  required: ['job'],
  keys: {
    type: string,
    job: string,
    experiment_name: string,
    inputs: inputsSchema('none'),
    outputs: notBuilt('other outputs for a schedule', 'say them in the job'),
    settings: {
      kind: 'object',
      title: 'settings of a scheduled job',
      keys: {
        default_compute: string,
        continue_on_step_failure: boolean,
        force_rerun: boolean,
        default_datastore: notBuilt('another datastore for a schedule', 'say it in the job'),
      },
    },
    compute: notBuilt('another compute for a schedule', 'say it in the job'),
    tags: textMap,
    description: notBuilt('another description for a schedule', 'say it in the job'),
    properties: notBuilt('other properties for a schedule', 'say them in the job'),
    identity: notBuilt('identities'),
  },
};

export const scheduleSchema: ObjectSchema = {
  kind: 'object',
  title: 'a schedule',
  required: ['name', 'trigger', 'create_job'],
  keys: {
    $schema: string,
    name: { kind: 'string', name: 'jobName' },
    version: { kind: 'text', noEffect: 'a schedule has no versions' },
    display_name: string,
    description: prose,
    tags: textMap,
    properties: textMap,
    trigger,
    // Judged when it is known which form it has.
    create_job: { kind: 'any' },
    create_monitor: notBuilt('monitors'),
    import_data: notBuilt('data imports'),
  },
};
