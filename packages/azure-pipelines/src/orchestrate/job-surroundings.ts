// Where a job runs: its pool, its container and the services beside it, with their variables settled.

import type { AgentPool, Text } from '../pipeline/pipeline.ts';
import type { Container } from '../pipeline/resources.ts';
import { fieldText } from './field-text.ts';
import { hookOf } from './hook-of.ts';
import type { ContainerRun, JobRun, PoolRun } from './job-run.ts';
import { isSameName, type Place } from './run-graph.ts';
import type { InstanceState } from './run-state.ts';
import type { VariableScope } from './variable-scope.ts';

type Surroundings = Pick<JobRun, 'holdsAgent' | 'pool' | 'container' | 'services'>;
type Expand = (text: Text) => string;

export function surroundingsOf(
  place: Required<Place>,
  instance: InstanceState,
  scope: VariableScope,
): Surroundings {
  const { job } = place.jobNode;
  const { containers } = place.run.pipeline.resources;
  const expand: Expand = (text) => fieldText(text, place, scope);
  const pool = poolOf(place, instance, expand);
  const container = job.container && containerRun(job.container, containers, expand);
  return {
    holdsAgent: pool.kind !== 'server',
    pool,
    ...(container === undefined ? {} : { container }),
    services: servicesOf(job.services, containers, expand),
  };
}

function poolOf({ jobNode }: Required<Place>, { hook }: InstanceState, expand: Expand): PoolRun {
  const { job } = jobNode;
  const pool = hookOf(job, hook)?.pool ?? job.pool;
  if (job.kind === 'server' || pool?.kind === 'server') return { kind: 'server' };
  return pool === undefined ? { kind: 'agent', demands: [] } : agentPool(pool, expand);
}

function agentPool({ name, vmImage, demands }: AgentPool, expand: Expand): PoolRun {
  return {
    kind: 'agent',
    ...(name === undefined ? {} : { name: expand(name) }),
    ...(vmImage === undefined ? {} : { vmImage: expand(vmImage) }),
    demands: demands.map(expand),
  };
}

/** None for an empty text: an expression can so decide whether there is a container. */
function containerRun(
  container: Container,
  resources: readonly Container[],
  expand: Expand,
): ContainerRun | undefined {
  const image = expand(container.image);
  if (image.trim() === '') return undefined;
  // A variable may hold the alias of a container as well as an image.
  const named = resources.find(({ alias }) => alias !== undefined && isSameName(alias, image));
  if (container.alias !== undefined || named === undefined) return { container, image };
  return { container: named, image: expand(named.image) };
}

function servicesOf(
  services: ReadonlyMap<string, Container>,
  resources: readonly Container[],
  expand: Expand,
): ReadonlyMap<string, ContainerRun> {
  const runs = new Map<string, ContainerRun>();
  for (const [name, container] of services) {
    const run = containerRun(container, resources, expand);
    if (run !== undefined) runs.set(name, run);
  }
  return runs;
}
