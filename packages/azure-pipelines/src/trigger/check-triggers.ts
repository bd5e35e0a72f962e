// Checks what only this folder can read: the cron lines of schedules, and the name of runs.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { Cron } from './cron.ts';
import { literalProblems } from './run-name.ts';
import type { Schedule } from './trigger.ts';

/** Any day: a cron line that has no next time after it never has one. */
const someDay = new Date(0);

export function checkTriggers(pipeline: Pipeline, sink: DiagnosticSink): void {
  for (const schedule of pipeline.schedules) checkSchedule(schedule, sink);
  if (pipeline.name === undefined) return;
  for (const problem of literalProblems(pipeline.name.text)) {
    sink.report('NAME_INVALID', pipeline.name.origin, `${problem}. Change "name".`);
  }
}

function checkSchedule({ cron: line, origin }: Schedule, sink: DiagnosticSink): void {
  // An empty one is a missing key, which the schema has reported.
  if (line.trim() === '') return;
  const cron = Cron.parse(line);
  const shown = `The cron line "${shorten(line)}"`;
  if (typeof cron === 'string') {
    sink.report('VALUE_NOT_ALLOWED', origin, `${shown} cannot be read: ${cron}`);
  } else if (cron.next(someDay) === undefined) {
    const message = `${shown} names a day that never comes. Change its day or month.`;
    sink.report('VALUE_NOT_ALLOWED', origin, message);
  }
}
