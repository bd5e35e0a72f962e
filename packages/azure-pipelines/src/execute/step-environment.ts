// The environment that a step's processes start with.

import path from 'node:path';
import { expandEnvironment } from '../variable/expand-environment.ts';
import type { JobScope } from './job-scope.ts';
import { lookupVariable } from './kill-group.ts';
import type { StepScope } from './step-scope.ts';

/** The agent's own environment, then the variables, then the step's `env`, which wins. */
export function stepEnvironment(scope: StepScope): Record<string, string> {
  const { job, step } = scope.parts;
  const { env: variables, left } = job.variables.environment();
  for (const name of left) {
    const message = `Variable '${name}' is not exported: no process can take its name or value`;
    scope.addIssue({ type: 'warning', message });
  }
  const env: Record<string, string> = { ...job.settings.environment, ...variables };
  env['agent.jobstatus'] = env.AGENT_JOBSTATUS ?? '';
  env[lookupVariable] = job.settings.lookupId;
  for (const [name, { text }] of step.env) env[name.trim()] = expandInput(text, job);
  prependPath(env, job.prependedPath);
  return env;
}

/** Inputs and env values: trimmed, macros expanded, the rest tried against the environment. */
export function expandInput(text: string, { variables, settings }: JobScope): string {
  return expandEnvironment(variables.expand(text.trim()), settings.environment);
}

function prependPath(env: Record<string, string>, folders: readonly string[]): void {
  if (folders.length === 0) return;
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const before = env[key];
  env[key] = [...folders, ...(before === undefined ? [] : [before])].join(path.delimiter);
}
