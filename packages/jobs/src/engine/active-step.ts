// One step of a job on its way: its state in memory, from which the job decides what comes next.
import type { CommandStep, PipelineJob } from '@ridgeline/azureml-yaml';
import type { JobFailure, JobStatus } from '../job/job.ts';
import type { JobStepRow, StoredJob } from '../job/job-store.ts';
import type { StopRequest } from '../step/watch-process.ts';
import type { JobSubmission, ResolvedInputs } from '../submission/submission.ts';
import type { StepState } from './next-actions.ts';
import type { StepOfJob } from './step-attempt.ts';

export interface ActiveStep extends StepState {
  readonly name: string;
  readonly stepOfJob: StepOfJob;
  /** The step as it was stored when the job was taken up. */
  readonly row: JobStepRow;
  readonly stopping: AbortController;
  status: JobStatus;
  runId: string | null;
  attempt: number;
  error: JobFailure | null;
}

export function activeSteps(
  stored: StoredJob,
  pipeline: PipelineJob,
): ReadonlyMap<string, ActiveStep> {
  const submission: JobSubmission = JSON.parse(stored.job.submission);
  const resolvedInputs: ResolvedInputs = JSON.parse(stored.job.resolved_inputs);
  return new Map(
    stored.steps.map((row) => {
      const step = pipeline.steps.get(row.step_name);
      if (step === undefined) throw new Error(`the definition has no step '${row.step_name}'`);
      return [row.step_name, activeStep(stored, row, step, submission, resolvedInputs)];
    }),
  );
}

export function stopStep(step: ActiveStep, request: StopRequest): void {
  if (!step.stopping.signal.aborted) step.stopping.abort(request);
}

function activeStep(
  { job }: StoredJob,
  row: JobStepRow,
  step: CommandStep,
  submission: JobSubmission,
  resolvedInputs: ResolvedInputs,
): ActiveStep {
  const error =
    row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' };
  return {
    name: row.step_name,
    dependsOn: step.dependsOn,
    row,
    stopping: new AbortController(),
    // A place in the queue ends with the server that held it.
    status: row.status === 'Queued' ? 'NotStarted' : row.status,
    runId: row.run_id,
    attempt: row.attempt,
    error,
    stepOfJob: {
      jobId: job.job_id,
      experimentId: job.experiment_id,
      experimentName: job.experiment_name,
      step,
      codeId: step.code === null ? null : (submission.code[step.code] ?? null),
      environment: step.environment,
      resolvedInputs,
    },
  };
}
