// The shapes of a schedule: what it starts, what makes it fire, and each time that it has fired.
import type { InputValue, JobSubmission } from './job.ts';

/** A trigger as it is sent: what is left out has a default. Each type has its own fields. */
export interface TriggerSpec {
  readonly type: 'cron' | 'recurrence' | 'data' | 'model' | 'job' | 'build';
  /** cron: five fields, such as `0 8 * * MON`. */
  readonly expression?: string;
  /** recurrence: every `interval` (1 to 1,000) of it. */
  readonly frequency?: 'minute' | 'hour' | 'day' | 'week' | 'month';
  readonly interval?: number;
  readonly pattern?: Partial<RecurrencePattern> | null;
  /** A name of IANA's or of Windows; default `UTC`. */
  readonly timeZone?: string;
  /** With an offset, or as the clocks of the time zone show it. */
  readonly startTime?: string | null;
  readonly endTime?: string | null;
  /** data: `azureml://datastores/<name>/paths/<path>`. */
  readonly path?: string;
  /** data: from one look to the next; default 60. */
  readonly pollSeconds?: number;
  readonly model?: string;
  /** model: only versions that have all of these. */
  readonly tags?: Readonly<Record<string, string>>;
  /** model: whenever this alias points at another version. */
  readonly alias?: string | null;
  /** job: of one of these, or of both. */
  readonly experimentName?: string | null;
  readonly displayName?: string | null;
  /** build: the name of its delivery pipeline. */
  readonly name?: string;
  /** job: default `Completed`; build: default `succeeded`. */
  readonly status?: readonly string[];
  readonly branch?: string | null;
}

export interface RecurrencePattern {
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly weekDays: ReadonlyArray<
    'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'
  >;
  readonly monthDays: readonly number[];
}

/** Exactly one of `job`, `pipeline` and `pipelineEndpoint`. */
export interface ScheduleStart {
  readonly job?: JobSubmission;
  /** The id of a published pipeline, or a name: of that the newest. */
  readonly pipeline?: string;
  readonly pipelineEndpoint?: string;
  /** Of the endpoint; default: its default version. */
  readonly version?: string;
}

export interface ScheduleSpec {
  readonly displayName?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default: true, or as it was. */
  readonly enabled?: boolean;
  readonly trigger: TriggerSpec;
  readonly start: ScheduleStart;
  /** Text may hold `${{name}}`, `${{creation_context.trigger_time}}` and `${{trigger.…}}`. */
  readonly inputs?: Readonly<Record<string, InputValue>>;
  readonly experimentName?: string;
  /** Times that passed while no server ran; default `latest`. */
  readonly catchUp?: 'latest' | 'all' | 'none';
  /** When the job of the time before still runs; default `allow`. */
  readonly overlap?: 'allow' | 'skip';
}

export interface ScheduleError {
  readonly code: string;
  readonly message: string;
}

/** Times are UTC, ISO 8601. */
export interface Schedule {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly trigger: TriggerSpec;
  readonly starts: {
    readonly kind: 'job' | 'pipeline' | 'pipelineEndpoint';
    readonly name: string;
    readonly version: string | null;
  };
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly experimentName: string | null;
  readonly catchUp: 'latest' | 'all' | 'none';
  readonly overlap: 'allow' | 'skip';
  readonly nextTime: string | null;
  /** Why its last look at what it watches failed. */
  readonly error: ScheduleError | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ScheduleDetails extends Schedule {
  /** The next ten; empty where it does not go by the clock. */
  readonly nextTimes: readonly string[];
  readonly job: JobSubmission | null;
}

export interface Firing {
  readonly id: string;
  readonly schedule: string;
  readonly status: 'Pending' | 'Submitted' | 'Failed' | 'Skipped';
  readonly dueAt: string;
  readonly notedAt: string;
  /** Why it fired, and what it has left out. */
  readonly reason: string;
  readonly jobId: string | null;
  readonly error: ScheduleError | null;
}
