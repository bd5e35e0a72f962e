// Answers "where does this variable come from, and what is it in this job?".
import { nearestName } from '../../diagnostic/did-you-mean.ts';
import { expandMacros } from '../../orchestrate/expand-macros.ts';
import type { JobRun } from '../../orchestrate/job-run.ts';
import type { GivenVariables, RunFacts } from '../../orchestrate/run-facts.ts';
import { isSameName } from '../../orchestrate/run-graph.ts';
import { define, emptyScope } from '../../orchestrate/variable-scope.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { PreparedPipeline } from '../prepare-local.ts';
import { rehearse } from '../rehearse.ts';
import { agentVariables } from './agent-variables.ts';
import { mask, maskOf } from './mask.ts';
import { stepSettings } from './step-settings.ts';
import type { JobValue, VariableExplanation, VariableSetting } from './variable-explanation.ts';
import { yamlSettings } from './yaml-settings.ts';

export function explainVariable(
  name: string,
  pipeline: Pipeline,
  facts: RunFacts,
  prepared: PreparedPipeline,
): VariableExplanation {
  const jobs = rehearse(pipeline, facts);
  const settings = [
    ...givenSettings(name, facts),
    ...yamlSettings(name, pipeline, prepared.groups),
    ...stepSettings(name, pipeline),
  ];
  const isFound = settings.some(({ note, value }) => note === undefined || value !== null);
  return {
    name,
    settings,
    values: jobs.map((job) => valueIn(name, job, settings)),
    notRun: notAmong(jobs, pipeline),
    near: isFound ? [] : nearNames(name, jobs),
  };
}

function givenSettings(name: string, facts: RunFacts): readonly VariableSetting[] {
  const agent = agentVariables.find((known) => isSameName(known, name));
  const onAgent: readonly VariableSetting[] =
    agent === undefined
      ? []
      : [{ scope: 'predefined', where: 'agent', phase: 'run', value: null, readonly: true }];
  const queue = [...(facts.queueVariables ?? [])];
  return [
    ...onAgent,
    ...given(name, facts.variables, 'predefined'),
    ...given(name, new Map(queue.filter(([, { secret }]) => secret !== true)), 'queue'),
    ...given(name, new Map(queue.filter(([, { secret }]) => secret === true)), 'secrets'),
  ];
}

function given(
  name: string,
  variables: GivenVariables,
  scope: 'predefined' | 'queue' | 'secrets',
): readonly VariableSetting[] {
  return [...variables]
    .filter(([known]) => isSameName(known, name))
    .map(([, variable]) => ({
      scope,
      where: '',
      phase: 'prepare' as const,
      value: maskOf(variable),
      readonly: variable.readonly === true,
    }));
}

function valueIn(name: string, job: JobRun, settings: readonly VariableSetting[]): JobValue {
  const variable = [...job.variables].find(([known]) => isSameName(known, name))?.[1];
  if (variable === undefined)
    return { job: job.identifier, value: null, isSecret: false, isOpen: false };
  const value = variable.secret ? mask : expanded(variable.value, job);
  const isOpen = settings.some(({ value: text }) => /dependencies\s*[.[]/i.test(text ?? ''));
  return { job: job.identifier, value, isSecret: variable.secret, isOpen };
}

/** A secret that another variable takes in stays hidden. */
function expanded(text: string, { variables }: JobRun): string {
  const scope = emptyScope();
  for (const [name, variable] of variables)
    define(scope, name, { ...variable, value: variable.secret ? mask : variable.value });
  return expandMacros(text, scope);
}

function notAmong(jobs: readonly JobRun[], { stages }: Pipeline): readonly string[] {
  const all = stages.flatMap((stage) => stage.jobs.map(({ id }) => ({ stage: stage.id, id })));
  const rest = all.filter(
    ({ stage, id }) => !jobs.some((run) => run.stage === stage && run.job.id === id),
  );
  return rest.map(({ stage, id }) => `${stage}.${id}`);
}

function nearNames(name: string, jobs: readonly JobRun[]): readonly string[] {
  const known = new Set([
    ...jobs.flatMap(({ variables }) => [...variables.keys()]),
    ...agentVariables,
  ]);
  const near = nearestName(name, known);
  return near === undefined ? [] : [near];
}
