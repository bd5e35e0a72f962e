// What makes a schedule fire: the clock, or something that has happened. All values are there: what
// a user has left out stands at its default.
import type { JobStatus } from '../job/job.ts';

/** Five fields, as cron has them: `0 8 * * MON`. */
export interface CronTrigger {
  readonly type: 'cron';
  readonly expression: string;
  /** A name of IANA's or of Windows; default `UTC`. */
  readonly timeZone: string;
  /** With an offset, or as the clocks of the time zone show it; null: at once. */
  readonly startTime: string | null;
  /** The last moment at which it fires; null: without end. */
  readonly endTime: string | null;
}

export const frequencies = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type Frequency = (typeof frequencies)[number];

/** A week begins on Monday. */
export const weekDays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type WeekDay = (typeof weekDays)[number];

/** Every `interval` minutes, hours, days, weeks or months, from the start on. */
export interface RecurrenceTrigger extends Omit<CronTrigger, 'type' | 'expression'> {
  readonly type: 'recurrence';
  readonly frequency: Frequency;
  /** 1 to 1,000. */
  readonly interval: number;
  readonly pattern: RecurrencePattern | null;
}

/** When on a day, and on which days; what is empty is as it was at the start. */
export interface RecurrencePattern {
  /** 0 to 23. */
  readonly hours: readonly number[];
  /** 0 to 59. */
  readonly minutes: readonly number[];
  /** Of a week. */
  readonly weekDays: readonly WeekDay[];
  /** Of a month: 1 to 31. A month without that day is left out. */
  readonly monthDays: readonly number[];
}

/** Files that are new or changed under a path of a datastore. */
export interface DataTrigger {
  readonly type: 'data';
  /** `azureml://datastores/<name>/paths/<path>` */
  readonly path: string;
  /** From one look to the next; 1 to 86,400, default 60. */
  readonly pollSeconds: number;
}

/** A new version of a registered model. */
export interface ModelTrigger {
  readonly type: 'model';
  readonly model: string;
  /** Only versions that have all of these. */
  readonly tags: Readonly<Record<string, string>>;
  /** In place of new versions: whenever this alias points at another one. */
  readonly alias: string | null;
}

/** A job that has ended. */
export interface JobTrigger {
  readonly type: 'job';
  readonly experimentName: string | null;
  readonly displayName: string | null;
  /** Default: `Completed`. */
  readonly status: readonly JobStatus[];
}

export const buildStatuses = ['succeeded', 'partiallySucceeded', 'failed', 'canceled'] as const;
export type BuildStatus = (typeof buildStatuses)[number];

/** A build that has finished. */
export interface BuildTrigger {
  readonly type: 'build';
  /** The name of the delivery pipeline. */
  readonly name: string;
  /** Default: `succeeded`. */
  readonly status: readonly BuildStatus[];
  readonly branch: string | null;
}

export type Trigger =
  | CronTrigger
  | RecurrenceTrigger
  | DataTrigger
  | ModelTrigger
  | JobTrigger
  | BuildTrigger;

/** A build, told to the schedules by who has run it. */
export interface BuildEvent {
  readonly kind: 'build';
  readonly id: string;
  readonly name: string;
  readonly status: BuildStatus;
  readonly branch: string;
}
