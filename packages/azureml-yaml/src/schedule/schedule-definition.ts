// When a job is to be started again and again, and which.
import type { LiteralValue } from '../job/port-types.ts';

/** Times are ISO 8601 as written (`2026-07-01T08:00:00`); without an offset they are of `timeZone`. */
interface Span {
  readonly startTime: string | null;
  readonly endTime: string | null;
  /** An IANA name or a Windows name as Azure ML takes it (`Pacific Standard Time`), as written.
   * Default `UTC`. */
  readonly timeZone: string;
}

export interface CronTrigger extends Span {
  readonly type: 'cron';
  /** Five fields: minutes, hours, days of the month, months, days of the week. */
  readonly expression: string;
}

export const recurrenceFrequencies = ['minute', 'hour', 'day', 'week', 'month'] as const;
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

export interface RecurrencePattern {
  /** 0 to 23. */
  readonly hours: readonly number[];
  /** 0 to 59. */
  readonly minutes: readonly number[];
  /** Empty for every day. */
  readonly weekDays: readonly WeekDay[];
  /** 1 to 31; empty for every day. */
  readonly monthDays: readonly number[];
}

export interface RecurrenceTrigger extends Span {
  readonly type: 'recurrence';
  readonly frequency: (typeof recurrenceFrequencies)[number];
  /** At least 1. */
  readonly interval: number;
  readonly pattern: RecurrencePattern | null;
}

/** `text`: the YAML of a job of its own, checked already. `reference`: `azureml:NAME`, an earlier
 * job that is run again. */
export type ScheduledJob =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'inline'; readonly text: string }
  | { readonly kind: 'registered'; readonly reference: string };

export interface ScheduleDefinition {
  readonly name: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly trigger: CronTrigger | RecurrenceTrigger;
  readonly job: ScheduledJob;
  /** In place of the job's own values; data by its path. */
  readonly inputs: ReadonlyMap<string, LiteralValue>;
  /** In place of the job's own. */
  readonly experimentName: string | null;
  /** In place of the job's own; null where it keeps them. */
  readonly settings: {
    readonly defaultCompute: string | null;
    readonly continueOnStepFailure: boolean | null;
    readonly forceRerun: boolean | null;
  };
  /** Beside the job's own. */
  readonly jobTags: ReadonlyMap<string, string>;
}
