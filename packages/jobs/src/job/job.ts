// What a job is, as every reader sees it: the HTTP API, the CLI and Studio use these very shapes.
// The states are Azure ML's words.

export const jobStatuses = [
  'NotStarted',
  'Queued',
  'Running',
  'CancelRequested',
  'Completed',
  'Failed',
  'Canceled',
] as const;

export type JobStatus = (typeof jobStatuses)[number];

export const endedStatuses: readonly JobStatus[] = ['Completed', 'Failed', 'Canceled'];

export function hasEnded(status: JobStatus): boolean {
  return endedStatuses.includes(status);
}

/** Azure ML's words, but for `if_else`, `do_while` and `parallel_for`, which are its nodes' types. */
export const stepTypes = [
  'command',
  'parallel',
  'automl',
  'sweep',
  'if_else',
  'do_while',
  'parallel_for',
] as const;

export type StepType = (typeof stepTypes)[number];

export const stepPriorities = ['low', 'medium', 'high'] as const;

export type StepPriority = (typeof stepPriorities)[number];

/** Why a job or a step did not complete. `code` is stable; `message` says what happened and where. */
export interface JobFailure {
  readonly code: JobFailureCode;
  readonly message: string;
}

export type JobFailureCode =
  | 'JOB_CANNOT_RUN'
  | 'JOB_TOO_LARGE'
  | 'LOOP_CONDITION_MISSING'
  | 'STEP_DISK_FULL'
  | 'STEP_FAILED'
  | 'STEP_INPUT_INVALID'
  | 'STEP_KILLED'
  | 'STEP_LOST'
  | 'STEP_LOG_TOO_LARGE'
  | 'STEP_OUTPUT_INVALID'
  | 'STEP_OUTPUT_MISSING'
  | 'STEP_PREPARATION_FAILED'
  | 'STEP_TOO_LARGE'
  | 'STEP_TIMEOUT'
  | 'SWEEP_METRIC_MISSING'
  | 'DEPENDENCY_NOT_COMPLETED';

/** What a training pipeline concluded about its new model. */
export interface Verdict {
  readonly outcome: 'registered' | 'not_better' | 'failed';
  readonly metric: string | null;
  readonly newValue: number | null;
  readonly productionValue: number | null;
  readonly model: { readonly name: string; readonly version: string } | null;
  readonly reason: string;
}

/** Times are UTC ISO strings, null while they have not come. */
export interface JobStep {
  readonly name: string;
  readonly displayName: string;
  readonly type: StepType;
  /** The composite step (a sweep, a loop) that this one is a part of; null for a step of the file. */
  readonly parent: string | null;
  readonly compute: string;
  readonly status: JobStatus;
  /** The run of the latest attempt; null before the first. */
  readonly runId: string | null;
  /** The latest attempt, counted from 1; 0 before the first. */
  readonly attempt: number;
  readonly exitCode: number | null;
  /** How often it was tried again after it had failed (`ridgeline.max_retries`). */
  readonly retries: number;
  /** When a step that has failed is tried again; null where it does not wait for that. */
  readonly retryAt: string | null;
  /** Why it ran, or why its result was taken from an earlier job: "reused because …". */
  readonly decision: string | null;
  /** Where its result was taken from; null where it has run itself. */
  readonly reusedFrom: { readonly jobId: string; readonly runId: string } | null;
  readonly error: JobFailure | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export interface Job {
  /** Also the id of the job's root run. */
  readonly id: string;
  readonly type: 'pipeline' | 'command' | 'sweep' | 'parallel' | 'automl';
  readonly displayName: string;
  readonly description: string;
  readonly experimentName: string;
  readonly experimentId: string;
  readonly status: JobStatus;
  /** The pipeline's inputs as they were used: literals as text, data as `azureml:name:version` or a URI. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  /** Who has submitted it; empty where that is not known. */
  readonly submittedBy: string;
  /** What has submitted it: `api`, `cli`, `schedule:NAME`, `pipeline:ID`. */
  readonly source: string;
  readonly verdict: Verdict | null;
  readonly error: JobFailure | null;
  readonly cancelReason: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly steps: readonly JobStep[];
}
