// The names, versions and descriptions under which pipelines are published.
import { JobError } from '../errors.ts';

const maxNameLength = 250;
const maxVersionLength = 100;
const maxDescriptionLength = 5_000;

/** @throws JobError PIPELINE_INVALID */
export function checkPipelineName(noun: 'pipeline' | 'pipeline endpoint', name: string): void {
  if (name.trim() !== '' && name.length <= maxNameLength && isLine(name)) return;
  throw refused(
    `the name of a ${noun} must be one line of 1 to ${maxNameLength} characters, not all of them ` +
      `spaces; '${shorten(name)}' is not`,
  );
}

/** @throws JobError PIPELINE_INVALID */
export function checkPipelineVersion(version: string): void {
  if (version.length <= maxVersionLength && /^[\p{L}\p{N}_.\-+]+$/u.test(version)) return;
  throw refused(
    `the version of a pipeline must be 1 to ${maxVersionLength} letters, digits and '_', '.', '-', ` +
      `'+', such as 1 or 20261122.3; '${shorten(version)}' is not`,
  );
}

/** @throws JobError PIPELINE_INVALID */
export function checkPipelineDescription(description: string): void {
  const isText = description.isWellFormed() && !description.includes('\0');
  if (isText && description.length <= maxDescriptionLength) return;
  throw refused(`a description must be valid text of at most ${maxDescriptionLength} characters`);
}

function isLine(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}

function shorten(text: string): string {
  const shown = text.length <= 60 ? text : `${text.slice(0, 60)}…`;
  return shown.toWellFormed().replace(/\p{Cc}/gu, '·');
}

function refused(message: string): JobError {
  return new JobError('PIPELINE_INVALID', message);
}
