// The names and tags of a job become those of runs, which have MLflow's limits. They are checked
// here, as a run that they fit badly would otherwise fail in the midst of the job.
import type { PipelineJob } from '@ridgeline/azureml-yaml';
import { JobError } from '../errors.ts';
import type { JobSubmission } from './submission.ts';

const maxNameLength = 250;
const maxTagLength = 8_000;
const tagName = /^[\p{L}\p{N}_/.\- :]{1,250}$/u;

/** @throws JobError JOB_DEFINITION_INVALID */
export function checkLabels(pipeline: PipelineJob, submission: JobSubmission): void {
  const names = [
    submission.displayName ?? pipeline.displayName,
    ...[...pipeline.steps.values()].map(({ displayName }) => displayName),
  ];
  for (const name of names) if (name !== null) checkName(name);
  checkTags([...pipeline.tags, ...Object.entries(submission.tags ?? {})]);
  for (const tags of Object.values(submission.stepTags ?? {})) checkTags(Object.entries(tags));
  if (submission.runSource !== undefined) checkTags([['mlflow.source.name', submission.runSource]]);
}

function checkName(name: string): void {
  if (name.trim() !== '' && name.length <= maxNameLength && isText(name)) return;
  const expected = `1 to ${maxNameLength} characters, not all of them spaces`;
  throw refused(`display name '${shorten(name)}' cannot be used: write ${expected}`);
}

function checkTags(tags: ReadonlyArray<readonly [string, string]>): void {
  for (const [name, value] of tags) {
    if (!tagName.test(name)) {
      const expected = "1 to 250 letters, digits, spaces and '_', '-', '.', ':', '/'";
      throw refused(`tag name '${shorten(name)}' cannot be used: write ${expected}`);
    }
    if (value.length <= maxTagLength && isText(value)) continue;
    const expected = `at most ${maxTagLength} characters of valid text`;
    throw refused(`the value of tag '${name}' cannot be used: write ${expected}`);
  }
}

function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60).toWellFormed()}…`;
}

function refused(message: string): JobError {
  return new JobError('JOB_DEFINITION_INVALID', message);
}
