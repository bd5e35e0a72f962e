// The variables of a stage and of each of its jobs, with those that the system itself defines.

import type { Job } from '../pipeline/pipeline.ts';
import { evaluateValue } from './field-text.ts';
import { gatherVariables } from './gather-variables.ts';
import type { JobNode, Place, Run, StageNode } from './run-graph.ts';
import type { InstanceState } from './run-state.ts';
import type { VariableScope } from './variable-scope.ts';

/** Of the pipeline and the stage: what its condition and its environments' names may use. */
export function stageScope(run: Run, node: StageNode): VariableScope {
  const { pipeline, facts } = run;
  const layers = { pipeline, facts, stage: node.stage, jobVariables: [], leg: [] };
  return gatherVariables({ ...layers, predefined: stageVariables(node) }, (text, scope) =>
    evaluateValue(text, { run, node }, scope),
  );
}

/** Of a job: as its condition sees them, or with an instance as that does. */
export function jobScope(
  place: Required<Place>,
  instance?: InstanceState,
  environment: ReadonlyMap<string, string> = new Map(),
): VariableScope {
  const { run, node, jobNode } = place;
  const own = instance === undefined ? [] : instanceVariables(node, jobNode.job, instance);
  const predefined = new Map([...environment, ...jobVariables(node, jobNode), ...own]);
  const { pipeline, facts } = run;
  const layers = { pipeline, facts, stage: node.stage, predefined };
  return gatherVariables(
    { ...layers, jobVariables: jobNode.job.variables, leg: instance?.variables ?? [] },
    (text, scope) => evaluateValue(text, place, scope),
  );
}

/** System.JobIdentifier. */
export function identifierOf(stage: string, job: string, key = ''): string {
  return key === '' ? `${stage}.${job}` : `${stage}.${job}.${key}`;
}

function stageVariables({ stage, state }: StageNode): ReadonlyMap<string, string> {
  return new Map([
    ['System.StageName', stage.id],
    ['System.StageDisplayName', stage.displayName.text],
    ['System.StageAttempt', String(state.attempt)],
  ]);
}

function jobVariables(node: StageNode, { job, state }: JobNode): ReadonlyMap<string, string> {
  return new Map([
    ...stageVariables(node),
    ['Checks.StageAttempt', String(node.state.attempt)],
    ['System.PhaseName', job.id],
    ['System.PhaseDisplayName', job.displayName.text],
    ['System.PhaseAttempt', String(state.attempt)],
    ['System.JobIdentifier', identifierOf(node.stage.id, job.id)],
  ]);
}

function instanceVariables(
  { stage }: StageNode,
  job: Job,
  instance: InstanceState,
): readonly [string, string][] {
  const { key, attempt, position, total, hook } = instance;
  const variables: [string, string][] = [
    ['System.JobIdentifier', identifierOf(stage.id, job.id, key)],
    ['System.JobName', jobName(job, instance)],
    ['System.JobAttempt', String(attempt)],
    ['System.JobPositionInPhase', String(position)],
    ['System.TotalJobsInPhase', String(total)],
  ];
  if (hook === null) return variables;
  variables.push(['Strategy.Name', hook.strategy], ['Strategy.CycleName', hook.cycle]);
  if (hook.action !== undefined) variables.push(['Strategy.Action', hook.action]);
  if (hook.increment !== undefined) variables.push(['Strategy.Increment', String(hook.increment)]);
  return variables;
}

function jobName(job: Job, { key, hook }: InstanceState): string {
  if (hook?.strategy === 'runOnce' && hook.name === 'deploy') return job.id;
  return key === '' ? '__default' : key;
}
