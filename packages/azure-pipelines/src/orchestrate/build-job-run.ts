// An instance of a job as the JobRun that its host gets. Nothing of it is kept in the state: asked
// again, the same comes out, since what it depends on has ended.

import { toPlain } from '../expression/plain.ts';
import type { Text } from '../pipeline/pipeline.ts';
import { jobsBefore, jobsOfStagesBefore } from './dependency-contexts.ts';
import { environmentRun } from './environment-run.ts';
import { expandMacros } from './expand-macros.ts';
import { fieldBoolean, fieldCount } from './field-text.ts';
import { hookOf } from './hook-of.ts';
import type { EnvironmentRun, HookRun, JobContexts, JobRun } from './job-run.ts';
import { identifierOf, jobScope, stageScope } from './job-scope.ts';
import { surroundingsOf } from './job-surroundings.ts';
import type { Place } from './run-graph.ts';
import type { HookState, InstanceState } from './run-state.ts';
import { SecretReads } from './secret-reads.ts';
import { pin, toVariables, type VariableScope } from './variable-scope.ts';

const defaultTimeoutMinutes = 60;
const defaultCancelTimeoutMinutes = 5;

export type InstancePlace = Required<Place> & { readonly instance: InstanceState };

export function jobRunId({ node, jobNode, instance }: InstancePlace): string {
  return `${identifierOf(node.stage.id, jobNode.job.id, instance.key)}@${instance.attempt}`;
}

/** @throws Mistake where the pipeline is wrong, and in a plan UnknownValue */
export function buildJobRun(place: InstancePlace): JobRun {
  const { jobNode, instance } = place;
  const { job } = jobNode;
  const environment = environmentOf(place);
  const scope = jobScope(place, instance, environmentVariables(environment));
  const displayName = displayNameOf(place, scope);
  pin(scope, 'System.JobDisplayName', { value: displayName, secret: false, readonly: true });
  return {
    ...identityOf(place),
    ...limitsOf(place, scope),
    ...surroundingsOf(place, instance, scope),
    ...(environment === undefined ? {} : { environment }),
    displayName,
    variables: toVariables(scope),
    steps: hookOf(job, instance.hook)?.steps ?? job.steps,
    contexts: contextsOf(place),
  };
}

/** Each machine of a rolling deployment is the resource of its own hooks. */
function environmentOf({
  run,
  node,
  jobNode,
  instance,
}: InstancePlace): EnvironmentRun | undefined {
  const { environment } = jobNode.job;
  if (environment === undefined) return undefined;
  const resourceName = instance.hook?.resource;
  const named = environmentRun(environment, stageScope(run, node));
  return resourceName === undefined ? named : { ...named, resourceName };
}

function identityOf(place: InstancePlace) {
  const { node, jobNode, instance } = place;
  const { key, attempt, position, total, hook } = instance;
  return {
    id: jobRunId(place),
    identifier: identifierOf(node.stage.id, jobNode.job.id, key),
    stage: node.stage.id,
    job: jobNode.job,
    ...(key === '' || hook !== null ? {} : { leg: key }),
    attempt,
    stageAttempt: node.state.attempt,
    position,
    total,
    ...(hook === null ? {} : { hook: hookRun(hook) }),
  };
}

function limitsOf(place: InstancePlace, scope: VariableScope) {
  const { timeoutInMinutes, cancelTimeoutInMinutes, continueOnError } = place.jobNode.job;
  const minutes = (name: string, text: Text | undefined, fallback: number) =>
    fieldCount(name, text, fallback, place, scope);
  return {
    timeoutMinutes: minutes('timeoutInMinutes', timeoutInMinutes, defaultTimeoutMinutes),
    cancelTimeoutMinutes: minutes(
      'cancelTimeoutInMinutes',
      cancelTimeoutInMinutes,
      defaultCancelTimeoutMinutes,
    ),
    continueOnError: fieldBoolean('continueOnError', continueOnError, place, scope),
  };
}

/** With the leg, the slice's number or the hook behind it; `deploy` is the deployment itself. */
function displayNameOf({ jobNode, instance }: InstancePlace, scope: VariableScope): string {
  const { job } = jobNode;
  const name = expandMacros(job.displayName.text, scope);
  if (instance.key === '' || instance.key === 'deploy') return name;
  return `${name} ${job.strategy?.kind === 'parallel' ? instance.position : instance.key}`;
}

function hookRun({ lane: _lane, batch: _batch, ...hook }: HookState): HookRun {
  return hook;
}

function environmentVariables(environment?: EnvironmentRun): ReadonlyMap<string, string> {
  if (environment === undefined) return new Map();
  return new Map([
    ['Environment.Name', environment.name],
    ['Environment.ResourceName', environment.resourceName ?? ''],
  ]);
}

function contextsOf({ run, node, jobNode }: InstancePlace): JobContexts {
  const reads = new SecretReads('hide');
  const dependencies = toPlain(jobsBefore({ run, node, jobNode }, reads));
  const stageDependencies = toPlain(jobsOfStagesBefore(run, node, reads));
  return { dependencies, stageDependencies };
}
