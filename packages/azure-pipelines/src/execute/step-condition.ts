// Conditions of steps: over the variables as they are now, and the job's status so far.

import { type ContextFunction, evaluationContext } from '../expression/evaluation-context.ts';
import { evaluate } from '../expression/evaluator.ts';
import { ExpressionMistake } from '../expression/expression-mistake.ts';
import { parseExpression } from '../expression/parser.ts';
import { isTruthy, type ObjectEntry, type ObjectValue, type Value } from '../expression/value.ts';
import type { JobVariables } from '../variable/job-variables.ts';
import type { SecretMasker } from '../variable/secret-masker.ts';
import type { StepResult } from './step-record.ts';

/** What Agent.JobStatus can be: no job is skipped while its steps run. */
export type JobStatus = Exclude<StepResult, 'skipped'>;

export interface ConditionSite {
  readonly variables: JobVariables;
  readonly masker: SecretMasker;
  readonly status: JobStatus;
  /** Takes every step of the evaluation. */
  readonly debug?: (line: string) => void;
}

export interface Verdict {
  readonly holds: boolean;
  readonly trace: readonly string[];
  /** What is wrong with the condition: its step fails. */
  readonly mistake?: string;
}

/** A condition that is written replaces `succeeded()`; it does not add to it. */
export const standardCondition = 'succeeded()';

export function evaluateStepCondition(condition: string, site: ConditionSite): Verdict {
  const trace: string[] = [];
  try {
    const holds = isTruthy(evaluateInStep(condition, site, trace));
    return { holds, trace };
  } catch (error) {
    if (!(error instanceof ExpressionMistake)) throw error;
    return { holds: false, trace, mistake: `In condition "${condition}": ${error.message}` };
  }
}

/** An expression that sees what conditions see. */
export function evaluateInStep(text: string, site: ConditionSite, trace?: string[]): Value {
  const mask = (shown: string) => site.masker.mask(shown);
  const sink = {
    info: (line: string) => {
      trace?.push(mask(line));
      site.debug?.(mask(line));
    },
    ...(site.debug === undefined ? {} : { verbose: (line: string) => site.debug?.(mask(line)) }),
    mask,
  };
  const contexts = { variables: () => variablesObject(site.variables) };
  const context = evaluationContext(contexts, statusFunctions(site.status), sink);
  const functions = new Set(statusNames);
  return evaluate(parseExpression(text, { names: context.names, functions }), context);
}

function variablesObject(variables: JobVariables): ObjectValue {
  const entries = new Map<string, ObjectEntry>();
  for (const { name, value } of variables.all()) entries.set(name.toLowerCase(), { name, value });
  return { kind: 'object', entries };
}

const statusNames = ['always', 'canceled', 'failed', 'succeeded', 'succeededOrFailed'] as const;

function statusFunctions(
  status: JobStatus,
): Readonly<Record<(typeof statusNames)[number], ContextFunction>> {
  const is = (holds: boolean) => ({ minimum: 0, maximum: 0, call: () => holds });
  const isSuccess = status === 'succeeded' || status === 'succeededWithIssues';
  return {
    always: is(true),
    canceled: is(status === 'canceled'),
    failed: is(status === 'failed'),
    succeeded: is(isSuccess),
    succeededOrFailed: is(isSuccess || status === 'failed'),
  };
}
