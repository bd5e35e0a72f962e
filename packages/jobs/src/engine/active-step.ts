// One step of a job on its way: its state in memory, from which the job decides what comes next.
import type { CommandStep, PipelineJob } from '@ridgeline/azureml-yaml';
import { JobError } from '../errors.ts';
import type { JobFailure, JobStatus } from '../job/job.ts';
import type { JobStepRow, StoredJob } from '../job/job-store.ts';
import { ownValue } from '../own-value.ts';
import type { StopRequest } from '../step/watch-process.ts';
import type { JobSubmission, ResolvedInputs } from '../submission/submission.ts';
import type { Attempt, StepOfJob } from './attempt.ts';
import type { StepState } from './next-actions.ts';
import type { CompletedRuns } from './step-inputs.ts';

export interface ActiveStep extends StepState {
  readonly name: string;
  readonly stepOfJob: StepOfJob;
  /** Its reason is a `StopRequest`. */
  readonly stopping: AbortController;
  status: JobStatus;
  /** The latest; null before the first. */
  attempt: Attempt | null;
  error: JobFailure | null;
}

/** By name, in the definition's order. */
export type ActiveSteps = ReadonlyMap<string, ActiveStep>;

/** @throws JobError JOB_DEFINITION_INVALID where the stored steps are not those of the pipeline */
export function activeSteps(stored: StoredJob, pipeline: PipelineJob): ActiveSteps {
  const submission: JobSubmission = JSON.parse(stored.job.submission);
  const resolvedInputs: ResolvedInputs = JSON.parse(stored.job.resolved_inputs);
  return new Map(
    stored.steps.map((row) => {
      const step = pipeline.steps.get(row.step_name);
      if (step !== undefined) {
        return [row.step_name, activeStep(stored, row, step, submission, resolvedInputs)];
      }
      const message = `the definition has no step '${row.step_name}', which the job was submitted with`;
      throw new JobError('JOB_DEFINITION_INVALID', message);
    }),
  );
}

/** The first request counts. */
export function stopStep(step: ActiveStep, request: StopRequest): void {
  if (!step.stopping.signal.aborted) step.stopping.abort(request);
}

/** The names of the steps that a step needs and that have not completed. */
export function missingSteps(steps: ActiveSteps, { dependsOn }: ActiveStep): readonly string[] {
  return dependsOn.filter((name) => steps.get(name)?.status !== 'Completed');
}

export function completedRuns(steps: ActiveSteps): CompletedRuns {
  const completed = [...steps.values()].filter(({ status }) => status === 'Completed');
  return new Map(completed.map(({ name, attempt }) => [name, attempt?.runId ?? '']));
}

export function firstFailure(steps: ActiveSteps): JobFailure | null {
  return [...steps.values()].find(({ status }) => status === 'Failed')?.error ?? null;
}

/** The latest attempt of a step; null before the first. */
export function storedAttempt(row: JobStepRow): Attempt | null {
  if (row.run_id === null) return null;
  return {
    jobId: row.job_id,
    stepName: row.step_name,
    number: row.attempt,
    runId: row.run_id,
    startedAtMs: row.started_at ?? 0,
    trackingUrl: row.tracking_url ?? '',
  };
}

function activeStep(
  { job }: StoredJob,
  row: JobStepRow,
  step: CommandStep,
  submission: JobSubmission,
  resolvedInputs: ResolvedInputs,
): ActiveStep {
  const { error_code: code, error_message: message } = row;
  return {
    name: row.step_name,
    dependsOn: step.dependsOn,
    stopping: new AbortController(),
    // A place in the queue ends with the server that held it.
    status: row.status === 'Queued' ? 'NotStarted' : row.status,
    attempt: storedAttempt(row),
    error: code === null ? null : { code, message: message ?? '' },
    stepOfJob: {
      jobId: job.job_id,
      experimentId: job.experiment_id,
      experimentName: job.experiment_name,
      step,
      codeId: step.code === null ? null : (ownValue(submission.code, step.code) ?? null),
      resolvedInputs,
    },
  };
}
