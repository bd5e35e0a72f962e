// A job that starts as what runs of it: itself, the legs of its matrix, its slices or its hooks.

import type { Text } from '../pipeline/pipeline.ts';
import { planHooks } from './deployment-hooks.ts';
import { batchSize, environmentRun, machinesOf } from './environment-run.ts';
import { fieldCount, fieldText } from './field-text.ts';
import { jobScope, stageScope } from './job-scope.ts';
import { Mistake } from './mistake.ts';
import type { Place } from './run-graph.ts';
import type { InstanceState } from './run-state.ts';
import { maxLegs, readRuntimeMatrix } from './runtime-matrix.ts';

export interface Instances {
  readonly instances: InstanceState[];
  /** 0: all at once. */
  readonly maxParallel: number;
}

type Leg = Pick<InstanceState, 'key' | 'variables'>;

export function expandInstances(place: Required<Place>): Instances {
  const { job } = place.jobNode;
  if (job.deployment !== undefined) return { instances: hooksOf(place), maxParallel: 0 };
  if (job.strategy === undefined) return { instances: [plainInstance(place)], maxParallel: 0 };
  const legs = legsOf(place);
  const maxParallel = countOf('maxParallel', job.strategy.maxParallel, 0, place);
  // An empty matrix is none: the job runs once.
  if (legs.length === 0) return { instances: [plainInstance(place)], maxParallel };
  const instances = legs.map((leg, index) => ({
    ...plainInstance(place),
    ...leg,
    position: index + 1,
    total: legs.length,
  }));
  return { instances, maxParallel };
}

function legsOf(place: Required<Place>): readonly Leg[] {
  const { strategy } = place.jobNode.job;
  switch (strategy?.kind) {
    case 'matrix':
      return strategy.legs.map(({ name, variables }) => ({
        key: name,
        variables: [...variables].map(([variable, { text }]): [string, string] => [variable, text]),
      }));
    case 'runtime':
      return runtimeLegs(strategy.runtime, place);
    case 'parallel':
      return slices(strategy.count, place);
    case undefined:
      return [];
  }
}

/** The variables of the job itself cannot be used: they may be about the leg. */
function runtimeLegs(text: Text, place: Required<Place>): readonly Leg[] {
  const json = fieldText(text, place, stageScope(place.run, place.node));
  return readRuntimeMatrix(json, text.origin).map(({ name, variables }) => ({
    key: name,
    variables,
  }));
}

function slices(text: Text, place: Required<Place>): readonly Leg[] {
  const count = countOf('parallel', text, 1, place);
  if (count > maxLegs) throw new Mistake(`parallel is ${count}, at most ${maxLegs}`, text.origin);
  // The name of a slice in output keys is not documented; this is how the service has been seen to
  // call them.
  return Array.from({ length: count }, (_, index) => ({ key: `job${index + 1}`, variables: [] }));
}

function countOf(
  name: string,
  text: Text | undefined,
  fallback: number,
  place: Required<Place>,
): number {
  return fieldCount(name, text, fallback, place, jobScope(place));
}

function hooksOf(place: Required<Place>): InstanceState[] {
  const { deployment, environment } = place.jobNode.job;
  if (deployment === undefined) return [];
  const target = environment && environmentRun(environment, stageScope(place.run, place.node));
  const scope = jobScope(place);
  const machines =
    environment && target && deployment.kind === 'rolling'
      ? machinesOf(environment, target, place.run, scope)
      : [];
  const share = deployment.kind === 'rolling' ? deployment.maxParallel : undefined;
  const maxParallel = batchSize(share, machines.length, (text) => fieldText(text, place, scope));
  const hooks = planHooks(deployment, {
    machines,
    maxParallel,
    ...(target?.resourceName === undefined ? {} : { resource: target.resourceName }),
  });
  return hooks.map(({ key, ...hook }) => ({ ...plainInstance(place), key, hook }));
}

function plainInstance({ jobNode }: Required<Place>): InstanceState {
  return {
    key: '',
    attempt: jobNode.state.attempt,
    phase: 'waiting',
    result: null,
    continueOnError: false,
    cancelSent: false,
    position: 1,
    total: 1,
    variables: [],
    hook: null,
    outputs: [],
  };
}
