// The expressions of a schedule: what has made it fire, for what it starts. `${{name}}` and
// `${{creation_context.trigger_time}}` are Azure ML's; `${{trigger.…}}` are the facts of what happened.
import type { JobSubmission } from '../submission/submission.ts';
import type { InputValue } from './schedule.ts';

export interface FiringFacts {
  readonly name: string;
  /** UTC, ISO 8601. */
  readonly dueAt: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** The values of inputs, where all three kinds of expressions may stand. Unknown ones stay. */
export function fillInputs(
  inputs: Readonly<Record<string, InputValue>>,
  firing: FiringFacts,
): Record<string, InputValue> {
  const filled = Object.entries(inputs).map(([input, value]) => {
    return [input, typeof value === 'string' ? fillText(value, firing) : value] as const;
  });
  return Object.fromEntries(filled);
}

/** A job with Azure ML's two expressions filled in, which may stand anywhere in its text. */
export function fillJob(job: JobSubmission, firing: FiringFacts): JobSubmission {
  const fill = (text: string) => fillKnown(text, azureNames(firing));
  const { displayName, experimentName } = job;
  return {
    ...job,
    definition: fill(job.definition),
    inputs: fillInputs(job.inputs ?? {}, firing),
    ...(displayName !== undefined && { displayName: fill(displayName) }),
    ...(experimentName !== undefined && { experimentName: fill(experimentName) }),
  };
}

export function fillText(text: string, firing: FiringFacts): string {
  const facts = Object.entries(firing.facts).map(([key, value]) => [`trigger.${key}`, value]);
  return fillKnown(text, new Map([...azureNames(firing), ...new Map(facts as [string, string][])]));
}

function azureNames({ name, dueAt }: FiringFacts): ReadonlyMap<string, string> {
  return new Map([
    ['name', name],
    ['creation_context.trigger_time', dueAt],
  ]);
}

function fillKnown(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$\{\{\s*([a-z_.]{1,60})\s*\}\}/g,
    (whole, key: string) => values.get(key) ?? whole,
  );
}
