// What expressions see, by where they stand: a stage's condition, a job's condition, the value of a
// variable or another field of a job.

import { castToText } from '../expression/casts.ts';
import { counterFunction } from '../expression/counter.ts';
import { DateTimeValue } from '../expression/date-time.ts';
import type { ContextFunction } from '../expression/evaluation-context.ts';
import { fromPlain } from '../expression/plain.ts';
import { objectOf, type Value } from '../expression/value.ts';
import { jobsBefore, jobsOfStagesBefore, stagesBefore } from './dependency-contexts.ts';
import type { Site } from './evaluate-text.ts';
import { jobAncestors, type Place, type Run, stageAncestors } from './run-graph.ts';
import { SecretReads } from './secret-reads.ts';
import {
  type Ancestors,
  evaluateStatus,
  type StatusName,
  statusNames,
} from './status-functions.ts';
import type { VariableScope } from './variable-scope.ts';

/** `scope` is asked for only if the condition reads variables. */
export function stageConditionSite({ run, node }: Place, scope: () => VariableScope): Site {
  const reads = new SecretReads();
  return {
    reads,
    contexts: {
      ...everywhere(run, scope, reads),
      dependencies: () => stagesBefore(run, node, reads),
    },
    functions: statusFunctions(stageAncestors(run, node)),
  };
}

export function jobConditionSite(
  { run, node, jobNode }: Required<Place>,
  scope: () => VariableScope,
): Site {
  const reads = new SecretReads();
  return {
    reads,
    contexts: {
      ...everywhere(run, scope, reads),
      dependencies: () => jobsBefore({ run, node, jobNode }, reads),
      stageDependencies: () => jobsOfStagesBefore(run, node, reads),
    },
    functions: statusFunctions(jobAncestors(run, jobNode)),
  };
}

/** What conditions of stages and of jobs read alike. */
function everywhere(run: Place['run'], scope: () => VariableScope, reads: SecretReads) {
  return {
    variables: () => variablesValue(scope(), reads),
    pipeline: () => pipelineValue(run),
  };
}

/** A variable of a pipeline or stage is evaluated where the job is: `dependencies` are its jobs,
 * and outside of a job there are none. */
export function fieldSite({ run, node, jobNode }: Place, scope: VariableScope): Site {
  const reads = new SecretReads();
  return {
    reads,
    contexts: {
      variables: () => variablesValue(scope, reads),
      pipeline: () => pipelineValue(run),
      resources: () => fromPlain(run.facts.resources ?? {}),
      dependencies: () =>
        jobNode === undefined ? objectOf([]) : jobsBefore({ run, node, jobNode }, reads),
      stageDependencies: () => jobsOfStagesBefore(run, node, reads),
    },
    functions: { counter: counterFunction({ take: (prefix, seed) => count(run, prefix, seed) }) },
  };
}

function variablesValue({ entries }: VariableScope, reads: SecretReads): Value {
  return reads.objectOf([...entries.values()].map((entry) => [entry.name, entry]));
}

function pipelineValue({ facts }: Run): Value {
  return objectOf([['startTime', DateTimeValue.fromDate(new Date(facts.startTime))]]);
}

/** The same number for a prefix throughout the run, also when it is restored. */
function count({ facts, state }: Run, prefix: string, seed: number): number {
  const key = prefix.toLowerCase();
  const taken = state.counters.find(([name]) => name === key);
  if (taken !== undefined) return taken[1];
  const value = facts.nextCounter?.(key, seed) ?? seed;
  state.counters.push([key, value]);
  return value;
}

function statusFunctions(ancestors: Ancestors): Readonly<Record<string, ContextFunction>> {
  return Object.fromEntries(
    statusNames.map((name) => [
      name,
      statusFunction(name, (names) => evaluateStatus(name, names, ancestors)),
    ]),
  );
}

function statusFunction(
  name: StatusName,
  decide: (names: readonly string[]) => boolean,
): ContextFunction {
  const takesNames = name !== 'always' && name !== 'canceled';
  return {
    minimum: 0,
    maximum: takesNames ? Number.POSITIVE_INFINITY : 0,
    call: (names) => decide(names.map((value) => castToText(value) ?? '')),
  };
}
