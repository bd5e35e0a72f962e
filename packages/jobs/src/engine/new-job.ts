// The rows of a job that was just accepted: nothing of it has started yet.
import type { NewJob } from '../job/job-store.ts';
import type { ResolvedSubmission } from '../submission/resolve-submission.ts';
import { describeInput, type JobSubmission } from '../submission/submission.ts';

export function newJob(
  jobId: string,
  submission: JobSubmission,
  { type, pipeline, resolvedInputs }: ResolvedSubmission,
  experiment: { readonly id: string; readonly name: string },
  now: number,
): NewJob {
  const inputs = Object.entries(resolvedInputs.pipeline).map(
    ([name, input]) => [name, describeInput(input)] as const,
  );
  const job = {
    job_id: jobId,
    type,
    display_name: submission.displayName ?? pipeline.displayName ?? pipeline.name ?? jobId,
    description: pipeline.description ?? '',
    experiment_id: experiment.id,
    experiment_name: experiment.name,
    status: 'NotStarted',
    submission: JSON.stringify(submission),
    resolved_inputs: JSON.stringify(resolvedInputs),
    inputs: JSON.stringify(Object.fromEntries(inputs)),
    tags: JSON.stringify({ ...Object.fromEntries(pipeline.tags), ...submission.tags }),
    error_code: null,
    error_message: null,
    cancel_requested: 0,
    cancel_reason: null,
    cancel_spared_run_id: null,
    created_at: now,
    started_at: null,
    ended_at: null,
  } as const;
  const steps = [...pipeline.steps.values()].map(
    (step, position) =>
      ({
        job_id: jobId,
        step_name: step.name,
        position,
        display_name: step.displayName ?? step.name,
        status: 'NotStarted',
        run_id: null,
        attempt: 0,
        tracking_url: null,
        exit_code: null,
        error_code: null,
        error_message: null,
        started_at: null,
        ended_at: null,
      }) as const,
  );
  return { job, steps };
}
