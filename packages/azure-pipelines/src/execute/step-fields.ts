// The fields of a step that are texts until it starts: they may hold macros.

import { isTruthy } from '../expression/value.ts';
import type { Text } from '../pipeline/pipeline.ts';
import { TaskFailure } from '../task/task-outcome.ts';
import type { JobScope } from './job-scope.ts';
import { evaluateInStep } from './step-condition.ts';

const yes = /^(true|y|yes|on)$/i;
const no = /^(false|n|no|off|)$/i;

export function booleanField(name: string, field: Text | undefined, job: JobScope): boolean {
  const text = job.variables.expand(field?.text ?? '').trim();
  const runtime = /^\$\[(.*)\]$/s.exec(text)?.[1];
  if (runtime !== undefined) return isTruthy(evaluateInStep(runtime, job));
  if (yes.test(text)) return true;
  if (no.test(text)) return false;
  throw new TaskFailure(`${name} is '${text}'; expected true or false`);
}

/** Minutes may have a fraction; 0 is no limit. */
export function numberField(name: string, field: Text | undefined, job: JobScope): number {
  const text = job.variables.expand(field?.text ?? '').trim();
  if (text === '') return 0;
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text);
  throw new TaskFailure(`${name} is '${text}'; expected a number`);
}
