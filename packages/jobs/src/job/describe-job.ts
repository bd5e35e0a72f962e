// From the rows of the store to the shape that readers see.
import type { Job, JobFailure, JobFailureCode, JobStep } from './job.ts';
import type { ReadableJob } from './job-store.ts';
import { failedVerdict, readVerdict } from './verdict.ts';

/** @param verdict the tag of the job's root run, as its steps have left it. */
export function describeJob({ job, steps }: ReadableJob, verdict: string | undefined): Job {
  const error = failure(job.error_code, job.error_message);
  return {
    id: job.job_id,
    type: job.type,
    displayName: job.display_name,
    description: job.description,
    experimentName: job.experiment_name,
    experimentId: job.experiment_id,
    status: job.status,
    inputs: JSON.parse(job.inputs),
    tags: JSON.parse(job.tags),
    properties: JSON.parse(job.properties),
    submittedBy: job.submitted_by,
    source: job.source,
    // What a step has concluded of a job that then failed is not how the job ended.
    verdict: job.status === 'Failed' ? failedVerdict(error) : readVerdict(verdict),
    error,
    cancelReason: job.cancel_reason,
    createdAt: new Date(job.created_at).toISOString(),
    startedAt: toIsoTime(job.started_at),
    endedAt: toIsoTime(job.ended_at),
    steps: steps.map(describeStep),
  };
}

function describeStep(step: ReadableJob['steps'][number]): JobStep {
  const { reused_from_job: jobId, reused_from_run: runId } = step;
  return {
    name: step.step_name,
    displayName: step.display_name,
    type: step.type,
    parent: step.parent,
    compute: step.compute,
    status: step.status,
    runId: step.run_id,
    attempt: step.attempt,
    exitCode: step.exit_code,
    retries: step.retries,
    retryAt: toIsoTime(step.retry_at),
    decision: step.decision,
    reusedFrom: jobId === null || runId === null ? null : { jobId, runId },
    error: failure(step.error_code, step.error_message),
    startedAt: toIsoTime(step.started_at),
    endedAt: toIsoTime(step.ended_at),
  };
}

function failure(code: JobFailureCode | null, message: string | null): JobFailure | null {
  return code === null ? null : { code, message: message ?? '' };
}

function toIsoTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
