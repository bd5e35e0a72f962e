// Explains a variable of a prepared pipeline without making a run: counters are looked at and not
// counted on, and the run that it speaks of is the next one.
import type { RunFacts } from '../orchestrate/run-facts.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { runVariables } from './build-variables.ts';
import { explainVariable } from './explain/explain-variable.ts';
import type { VariableExplanation } from './explain/variable-explanation.ts';
import { machinesOf, queueVariables, unknownGroups } from './local-facts.ts';
import type { PreparedPipeline } from './prepare-local.ts';

export function explainLocal(
  name: string,
  pipeline: Pipeline,
  prepared: PreparedPipeline,
): VariableExplanation {
  return explainVariable(name, pipeline, rehearsalFacts(pipeline, prepared), prepared);
}

/** What is not known here is left out instead of being refused: a look needs no secrets. */
export function rehearsalFacts(pipeline: Pipeline, prepared: PreparedPipeline): RunFacts {
  const { request, repository, groups } = prepared;
  const build = { ...request, number: 1, buildNumber: '(the next)', repository };
  return {
    startTime: new Date().toISOString(),
    variables: runVariables(build),
    queueVariables: queueVariables(prepared),
    groups: new Map([...unknownGroups(pipeline), ...groups]),
    environments: machinesOf(prepared),
  };
}
