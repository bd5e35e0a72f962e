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

/** Why a job or a step did not complete. `code` is stable; `message` says what happened and where. */
export interface JobFailure {
  readonly code: JobFailureCode;
  readonly message: string;
}

export type JobFailureCode =
  | 'JOB_CANNOT_RUN'
  | 'STEP_FAILED'
  | 'STEP_KILLED'
  | 'STEP_LOST'
  | 'STEP_LOG_TOO_LARGE'
  | 'STEP_OUTPUT_INVALID'
  | 'STEP_OUTPUT_MISSING'
  | 'STEP_PREPARATION_FAILED'
  | 'STEP_TIMEOUT'
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
  readonly status: JobStatus;
  /** The run of the latest attempt; null before the first. */
  readonly runId: string | null;
  /** The latest attempt, counted from 1; 0 before the first. */
  readonly attempt: number;
  readonly exitCode: number | null;
  readonly error: JobFailure | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export interface Job {
  /** Also the id of the job's root run. */
  readonly id: string;
  readonly type: 'pipeline' | 'command';
  readonly displayName: string;
  readonly description: string;
  readonly experimentName: string;
  readonly experimentId: string;
  readonly status: JobStatus;
  /** The pipeline's inputs as they were used: literals as text, data as `azureml:name:version` or a URI. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly verdict: Verdict | null;
  readonly error: JobFailure | null;
  readonly cancelReason: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly steps: readonly JobStep[];
}
