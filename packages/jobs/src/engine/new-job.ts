// The rows of a job that was just accepted: nothing of it has started yet.
import type { PipelineJob, Step } from '@ridgeline/azureml-yaml';
import type { JobRow, JobStepRow, NewJob } from '../job/job-store.ts';
import { newStepRow } from '../job/new-step-row.ts';
import { computeOf } from '../queue/compute-of.ts';
import type { ResolvedSubmission } from '../submission/resolve-submission.ts';
import { describeInput, type JobSubmission } from '../submission/submission.ts';

export interface AcceptedJob {
  readonly jobId: string;
  readonly submission: JobSubmission;
  readonly resolved: ResolvedSubmission;
  readonly experiment: { readonly id: string; readonly name: string };
  readonly submittedBy: string;
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function newJob(accepted: AcceptedJob): NewJob {
  const { jobId, submission, resolved } = accepted;
  const steps = [...resolved.pipeline.steps.values()].map((step, position) =>
    stepRow(jobId, step, resolved.pipeline, submission, position),
  );
  return { job: jobRow(accepted), steps };
}

function jobRow(accepted: AcceptedJob): NewJob['job'] {
  const { jobId, submission, resolved, experiment } = accepted;
  const { pipeline } = resolved;
  return {
    job_id: jobId,
    type: resolved.type,
    display_name: submission.displayName ?? pipeline.displayName ?? pipeline.name ?? jobId,
    description: pipeline.description ?? '',
    experiment_id: experiment.id,
    experiment_name: experiment.name,
    status: 'NotStarted',
    submission: JSON.stringify(submission),
    resolved_inputs: JSON.stringify(resolved.resolvedInputs),
    inputs: JSON.stringify(describedInputs(resolved)),
    tags: JSON.stringify({ ...Object.fromEntries(pipeline.tags), ...submission.tags }),
    properties: JSON.stringify({
      ...Object.fromEntries(pipeline.properties),
      ...submission.properties,
    }),
    submitted_by: accepted.submittedBy,
    source: accepted.source,
    pipeline_name: pipeline.name ?? pipeline.displayName ?? submission.fileName,
    created_at: accepted.now,
    ...nothingYet,
  };
}

const nothingYet = {
  error_code: null,
  error_message: null,
  cancel_requested: 0,
  cancel_reason: null,
  cancel_spared_run_id: null,
  started_at: null,
  ended_at: null,
} as const satisfies Partial<JobRow>;

function describedInputs({ resolvedInputs }: ResolvedSubmission): Record<string, string> {
  const inputs = Object.entries(resolvedInputs.pipeline);
  return Object.fromEntries(inputs.map(([name, input]) => [name, describeInput(input)]));
}

function stepRow(
  jobId: string,
  step: Step,
  pipeline: PipelineJob,
  submission: JobSubmission,
  position: number,
): JobStepRow {
  const { name, displayName, type, priority } = step;
  const compute = computeOf(step, pipeline, submission);
  const made = { parent: null, spec: null };
  return newStepRow(jobId, { name, displayName, type, priority, compute, ...made }, position);
}
