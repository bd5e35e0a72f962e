// What a start gave that a job itself does not show: kept as one property of the job, so that
// whoever asks for the run later is told the same as whoever has started it.
import type { PipelineStart } from './published-pipeline.ts';

export type RecordedStart = Pick<
  PipelineStart,
  'description' | 'stepTags' | 'continueOnStepFailure' | 'forceRerun' | 'runSource'
>;

/** The property of a job that holds it. */
export const startProperty = 'ridgeline.start';

/** @returns no property where nothing was given. */
export function recordStart({
  description,
  stepTags,
  continueOnStepFailure,
  forceRerun,
  runSource,
}: PipelineStart): Readonly<Record<string, string>> {
  const start = { description, stepTags, continueOnStepFailure, forceRerun, runSource };
  const text = JSON.stringify(start);
  return text === '{}' ? {} : { [startProperty]: text };
}

/** @param properties of a job. Jobs that nobody has started so have nothing recorded. */
export function recordedStart(properties: Readonly<Record<string, string>>): RecordedStart {
  try {
    return JSON.parse(properties[startProperty] ?? '{}') ?? {};
  } catch {
    // A property is free text: one of that name may come with a job of any other origin.
    return {};
  }
}
