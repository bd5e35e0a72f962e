// The row of a step that is new: one of the definition, or one that a composite step makes while
// the job runs.
import type { StepPriority, StepType } from './job.ts';
import type { JobStepRow } from './job-store.ts';

export interface NewStep {
  readonly name: string;
  readonly displayName: string | null;
  readonly type: StepType;
  /** The composite step that makes it while the job runs. */
  readonly parent: string | null;
  readonly compute: string;
  readonly priority: StepPriority;
  /** The step as JSON, for one that the definition does not have. */
  readonly spec: string | null;
}

export function newStepRow(jobId: string, step: NewStep, position: number): JobStepRow {
  return {
    job_id: jobId,
    step_name: step.name,
    position,
    display_name: step.displayName ?? step.name,
    type: step.type,
    parent: step.parent,
    compute: step.compute,
    priority: step.priority,
    spec: step.spec,
    status: 'NotStarted',
    ...nothingYet,
  };
}

const nothingYet = {
  run_id: null,
  attempt: 0,
  tracking_url: null,
  exit_code: null,
  error_code: null,
  error_message: null,
  started_at: null,
  ended_at: null,
  retries: 0,
  retry_at: null,
  decision: null,
  fingerprint: null,
  fingerprint_parts: null,
  reused_from_job: null,
  reused_from_run: null,
  result: null,
} as const;
