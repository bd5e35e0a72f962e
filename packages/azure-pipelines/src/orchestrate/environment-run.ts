// The environment of a deployment job. Its name has to be known before the stage, when its approvals
// are asked for: variables of the job cannot be in it, or they would lead around the approvals.

import type { Environment } from '../pipeline/deployment.ts';
import type { Text } from '../pipeline/pipeline.ts';
import { expandMacros, hasMacro } from './expand-macros.ts';
import { unfit } from './field-text.ts';
import type { EnvironmentRun } from './job-run.ts';
import { Mistake } from './mistake.ts';
import type { EnvironmentResource } from './run-facts.ts';
import { isSameName, type Run, type StageNode } from './run-graph.ts';
import { UnknownValue } from './unknown-value.ts';
import type { VariableScope } from './variable-scope.ts';

/** `scope`: of the stage. */
export function environmentRun(environment: Environment, scope: VariableScope): EnvironmentRun {
  const resourceName = part('the resource of the environment', environment.resourceName, scope);
  return {
    name: part('the environment', environment.name, scope) ?? '',
    ...(resourceName === undefined ? {} : { resourceName }),
    ...(environment.resourceType === undefined ? {} : { resourceType: environment.resourceType }),
  };
}

function part(what: string, text: Text | undefined, scope: VariableScope): string | undefined {
  if (text === undefined) return undefined;
  const value = expandMacros(text.text, scope);
  if (value !== '' && !hasMacro(value)) return value;
  const known = 'use a variable of the pipeline or the stage, which are known before it starts';
  throw new Mistake(`${what} is "${value}" and could not be found; ${known}`, text.origin);
}

/** What a stage's checks are about. What is wrong with a name is told by the job that has it, and in
 * a plan a name may not be known yet. */
export function environmentsOf(
  { stage }: StageNode,
  scope: () => VariableScope,
): readonly string[] {
  const names = new Map<string, string>();
  for (const { environment } of stage.jobs) {
    if (environment === undefined) continue;
    try {
      const { name } = environmentRun(environment, scope());
      names.set(name.toLowerCase(), name);
    } catch (error) {
      if (!(error instanceof Mistake || error instanceof UnknownValue)) throw error;
    }
  }
  return [...names.values()];
}

/** The machines that a rolling deployment goes through. */
export function machinesOf(
  environment: Environment,
  { name, resourceName }: EnvironmentRun,
  run: Run,
  scope: VariableScope,
): readonly string[] {
  const all = [...(run.facts.environments ?? [])].find(([key]) => isSameName(key, name))?.[1] ?? [];
  const tags = environment.tags.map((tag) => expandMacros(tag.text, scope).toLowerCase());
  const machines = new Map(all.map((machine) => [machine.name.toLowerCase(), machine]));
  return [...machines.values()]
    .filter(({ type }) => type === 'VirtualMachine')
    .filter((machine) => resourceName === undefined || isSameName(machine.name, resourceName))
    .filter((machine) => tags.every((tag) => carries(machine, tag)))
    .map((machine) => machine.name);
}

function carries({ tags }: EnvironmentResource, wanted: string): boolean {
  return tags.some((tag) => tag.toLowerCase() === wanted);
}

/** `maxParallel` of a rolling deployment: a number, or a share of the machines, at least one. */
export function batchSize(
  text: Text | undefined,
  machines: number,
  expand: (text: Text) => string,
): number {
  const value = text === undefined ? '0' : expand(text).trim();
  const match = /^(\d{1,9})(%?)$/.exec(value);
  if (match === null) throw unfit('maxParallel', value, 'a number, or a share as 25%', text);
  const count = Number(match[1]);
  if (match[2] === '') return count;
  return Math.max(1, Math.floor((machines * count) / 100));
}
