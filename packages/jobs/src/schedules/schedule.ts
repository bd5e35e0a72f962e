// What a schedule is, as users give it and as every reader sees it: the HTTP API, the CLI and Studio
// use these very shapes.
import type { JobSubmission } from '../submission/submission.ts';
import type { Frequency, RecurrencePattern, Trigger } from './trigger.ts';

/** What to do about times that passed while no server ran. */
export const catchUps = ['latest', 'all', 'none'] as const;
export type CatchUp = (typeof catchUps)[number];

/** What to do when the job of the last firing still runs. */
export const overlaps = ['allow', 'skip'] as const;
export type Overlap = (typeof overlaps)[number];

export type InputValue = string | number | boolean;

/** What a schedule starts: exactly one of `job`, `pipeline` and `pipelineEndpoint`. */
export interface ScheduleStart {
  readonly job?: JobSubmission;
  /** The id of a published pipeline, or the name of one. */
  readonly pipeline?: string;
  /** The id or the name of a pipeline endpoint. */
  readonly pipelineEndpoint?: string;
  /** Of the endpoint; default: its default version at the time of the firing. */
  readonly version?: string;
}

/** A trigger as users give it: what is left out, or null, has a default. Each type has its own fields. */
export interface TriggerSpec {
  readonly type: Trigger['type'];
  readonly expression?: string;
  readonly frequency?: Frequency;
  readonly interval?: number;
  readonly pattern?: Partial<RecurrencePattern> | null;
  readonly timeZone?: string;
  readonly startTime?: string | null;
  readonly endTime?: string | null;
  readonly path?: string;
  readonly pollSeconds?: number;
  readonly model?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly alias?: string | null;
  readonly experimentName?: string | null;
  readonly displayName?: string | null;
  readonly name?: string;
  readonly status?: readonly string[];
  readonly branch?: string | null;
}

/** A schedule as users give it. */
export interface ScheduleSpec {
  readonly displayName?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default: true. */
  readonly enabled?: boolean;
  readonly trigger: TriggerSpec;
  readonly start: ScheduleStart;
  /** Over those of what is started. Text may hold `${{trigger.path}}` and its like. */
  readonly inputs?: Readonly<Record<string, InputValue>>;
  readonly experimentName?: string;
  /** Default: `latest`. */
  readonly catchUp?: CatchUp;
  /** Default: `allow`. */
  readonly overlap?: Overlap;
}

/** A schedule that has been checked: nothing is left out. */
export interface ScheduleDefinition {
  readonly displayName: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly trigger: Trigger;
  readonly start: ScheduleStart;
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly experimentName: string | null;
  readonly catchUp: CatchUp;
  readonly overlap: Overlap;
}

export interface ScheduleError {
  readonly code: string;
  readonly message: string;
}

/** Times are UTC ISO strings. */
export interface Schedule {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly trigger: Trigger;
  readonly starts: {
    readonly kind: 'job' | 'pipeline' | 'pipelineEndpoint';
    /** The job's file name, or what the pipeline is called by. */
    readonly name: string;
    readonly version: string | null;
  };
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly experimentName: string | null;
  readonly catchUp: CatchUp;
  readonly overlap: Overlap;
  /** When it fires next; null where that is not known, or it is disabled. */
  readonly nextTime: string | null;
  /** Why its last look at what it watches failed; null where it did not. */
  readonly error: ScheduleError | null;
  /** Who has given it its definition; its jobs are submitted in that name. */
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ScheduleDetails extends Schedule {
  /** The next times, the earliest first; empty where it does not go by the clock. */
  readonly nextTimes: readonly string[];
  /** What is submitted; null where it starts a pipeline. */
  readonly job: JobSubmission | null;
}

export const firingStatuses = ['Pending', 'Submitted', 'Failed', 'Skipped'] as const;

/** `Pending`: written down, and about to be carried out. */
export type FiringStatus = (typeof firingStatuses)[number];

/** One time that a schedule has fired. */
export interface Firing {
  readonly id: string;
  readonly schedule: string;
  readonly status: FiringStatus;
  /** When it was to be: for what is watched, when it was seen. */
  readonly dueAt: string;
  readonly notedAt: string;
  /** Why it fired, and what it has left out. */
  readonly reason: string;
  readonly jobId: string | null;
  readonly error: ScheduleError | null;
}
