// Checks a schedule as a user gives it, and fills in what is left out. What it starts and what it
// watches are looked up elsewhere.
import { JobError } from '../errors.ts';
import { checkTrigger } from './check-trigger.ts';
import type { ScheduleDefinition, ScheduleSpec, ScheduleStart } from './schedule.ts';

const namePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/;
const maxTextLength = 5_000;
const maxTags = 100;

/** @throws JobError SCHEDULE_INVALID */
export function checkScheduleName(name: string): void {
  if (namePattern.test(name)) return;
  throw invalid(
    `schedule name '${shorten(name)}' cannot be used: write 1 to 255 letters, digits, '_', '-' ` +
      "and '.', the first a letter or a digit",
  );
}

/** @throws JobError SCHEDULE_INVALID */
export function checkSchedule(name: string, spec: ScheduleSpec): ScheduleDefinition {
  checkScheduleName(name);
  const { displayName = name, description = '', tags = {}, inputs = {} } = spec;
  checkStart(spec.start);
  checkText('displayName', displayName);
  checkText('description', description);
  checkText('experimentName', spec.experimentName ?? '');
  for (const each of Object.entries(tags).flat()) checkText('a tag', each);
  if (Object.keys(tags).length > maxTags) throw invalid(`a schedule has at most ${maxTags} tags`);
  for (const [input, value] of Object.entries(inputs)) {
    checkText('the name of an input', input);
    if (typeof value === 'string') checkText(`input '${shorten(input)}'`, value);
  }
  return {
    displayName,
    description,
    tags,
    trigger: checkTrigger(spec.trigger),
    start: spec.start,
    inputs,
    experimentName: spec.experimentName ?? null,
    catchUp: spec.catchUp ?? 'latest',
    overlap: spec.overlap ?? 'allow',
  };
}

function checkStart({ job, pipeline, pipelineEndpoint, version }: ScheduleStart): void {
  const given = [job, pipeline, pipelineEndpoint].filter((each) => each !== undefined);
  if (given.length !== 1) {
    throw invalid("what a schedule starts is one of 'job', 'pipeline' and 'pipelineEndpoint'");
  }
  if (version !== undefined && pipelineEndpoint === undefined) {
    throw invalid("a version goes with a 'pipelineEndpoint' only");
  }
  for (const text of [pipeline, pipelineEndpoint, version]) checkText('what it starts', text ?? '');
}

function checkText(what: string, text: string): void {
  if (text.length <= maxTextLength && text.isWellFormed() && !text.includes('\0')) return;
  throw invalid(`${what} cannot be used: write at most ${maxTextLength} characters of valid text`);
}

function shorten(text: string): string {
  return text.slice(0, 60).toWellFormed();
}

function invalid(message: string): JobError {
  return new JobError('SCHEDULE_INVALID', message);
}
