// Reads the definition of a job: pure, so that a job taken up again is read as at first.
import {
  assignInputs,
  type ComponentSource,
  type Diagnostic,
  formatDiagnostic,
  type Job,
  type PipelineJob,
  parseJob,
  toPipeline,
} from '@ridgeline/azureml-yaml';
import { JobError, type JobErrorCode } from '../errors.ts';
import { ownValue } from '../own-value.ts';
import type { JobSubmission } from './submission.ts';

/** A job of any type as a pipeline, with the submission's own input values. */
export interface Definition {
  readonly type: Job['type'];
  readonly pipeline: PipelineJob;
}

/** @throws JobError JOB_DEFINITION_INVALID, JOB_INPUT_INVALID with every mistake and its place */
export function readDefinition(submission: JobSubmission): Definition {
  const job = readJob(submission);
  const assigned = assignInputs(job, submission.inputs ?? {});
  if (assigned.diagnostics.some(isError)) throw invalid('JOB_INPUT_INVALID', assigned.diagnostics);
  return { type: job.type, pipeline: withSettings(toPipeline(assigned.job), submission) };
}

/** What a submission says of a setting takes the place of what its definition says. */
function withSettings(pipeline: PipelineJob, submission: JobSubmission): PipelineJob {
  const { continueOnStepFailure = pipeline.settings.continueOnStepFailure } = submission;
  return { ...pipeline, settings: { ...pipeline.settings, continueOnStepFailure } };
}

/**
 * The job as its definition declares it, before any value is given.
 * @throws JobError JOB_DEFINITION_INVALID
 */
export function readJob(submission: JobSubmission): Job {
  const { definition, fileName } = submission;
  const components = componentSource(submission);
  const { job, diagnostics } = parseJob(definition, { fileName, components });
  if (job === null) throw invalid('JOB_DEFINITION_INVALID', diagnostics);
  return job;
}

/** The component files that came with a submission, or were found for it. */
export function componentSource({ components = {} }: JobSubmission): ComponentSource {
  return { get: (reference) => ownValue(components, reference) };
}

function invalid(code: JobErrorCode, diagnostics: readonly Diagnostic[]): JobError {
  return new JobError(code, diagnostics.filter(isError).map(formatDiagnostic).join('\n'));
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
