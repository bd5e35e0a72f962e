// Reads the definition of a job: pure, so that a job taken up again is read as at first.
import {
  assignInputs,
  type Diagnostic,
  formatDiagnostic,
  type PipelineJob,
  parseJob,
  toPipeline,
} from '@ridgeline/azureml-yaml';
import { JobError, type JobErrorCode } from '../errors.ts';
import type { JobSubmission } from './submission.ts';

/** A job of any type as a pipeline, with the submission's own input values. */
export interface Definition {
  readonly type: 'pipeline' | 'command';
  readonly pipeline: PipelineJob;
}

/** @throws JobError JOB_DEFINITION_INVALID, JOB_INPUT_INVALID with every mistake and its place */
export function readDefinition(submission: JobSubmission): Definition {
  const { fileName } = submission;
  const { job, diagnostics } = parseJob(submission.definition, { fileName });
  if (job === null) throw invalid('JOB_DEFINITION_INVALID', diagnostics);
  const assigned = assignInputs(job, submission.inputs ?? {});
  if (assigned.diagnostics.some(isError)) throw invalid('JOB_INPUT_INVALID', assigned.diagnostics);
  return { type: job.type, pipeline: toPipeline(assigned.job) };
}

function invalid(code: JobErrorCode, diagnostics: readonly Diagnostic[]): JobError {
  return new JobError(code, diagnostics.filter(isError).map(formatDiagnostic).join('\n'));
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
