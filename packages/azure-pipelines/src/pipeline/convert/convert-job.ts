// Jobs and deployments, and the phases of old files, which are jobs with a queue.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { choiceOf } from '../../schema/check-scalar.ts';
import { type Entry, entryOf, type MappingNode } from '../../text/node.ts';
import type { Job, Pool, Uses, Workspace } from '../pipeline.ts';
import type { Container } from '../resources.ts';
import { convertContainer, convertServices } from './convert-container.ts';
import { convertDeployment, convertEnvironment } from './convert-deployment.ts';
import { convertPool } from './convert-pool.ts';
import { convertSteps } from './convert-step.ts';
import { convertStrategy } from './convert-strategy.ts';
import { convertVariables } from './convert-variables.ts';
import { mappingAt, nodeAt, present, textAt, textsAt } from './read-node.ts';

/** What jobs take from what stands around them. */
export interface JobSurroundings {
  /** Of the stage, else of the pipeline. */
  readonly pool?: Pool;
  /** By alias in lower case. */
  readonly containers: ReadonlyMap<string, Container>;
  /** Of the implicit checkout: old files have them beside `repo: self`. */
  readonly checkoutOptions: readonly Entry[];
  /** What a deployment downloads by itself. */
  readonly downloads: readonly string[];
  /** Whether all templates are there, so that nothing can be missing because of them. */
  readonly isWhole: boolean;
  readonly sink: DiagnosticSink;
}

export interface JobNames {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

export function convertJob(
  node: MappingNode,
  { id, dependsOn }: JobNames,
  around: JobSurroundings,
): Job {
  const pool = convertPool(node) ?? around.pool;
  const isDeployment = entryOf(node, 'deployment') !== undefined;
  const { containers, sink } = around;
  const implicitName = { text: id === '__default' ? 'Job' : id, origin: node.origin };
  return {
    id,
    kind: isDeployment ? 'deployment' : pool?.kind === 'server' ? 'server' : 'job',
    displayName: textAt(node, 'displayName') ?? implicitName,
    dependsOn,
    ...limits(node),
    variables: convertVariables(node, sink),
    ...present({ pool, container: containerOf(node, containers) }),
    services: convertServices(node, containers),
    ...present({ workspace: workspaceOf(node), uses: usesOf(node) }),
    ...(isDeployment ? deploymentParts(node, pool, around) : jobParts(node, pool, around)),
    origin: node.origin,
  };
}

/** In old files the queue has the timeouts, the container and the matrix. */
function queueOf(node: MappingNode): MappingNode | undefined {
  return mappingAt(node, 'queue');
}

function limits(node: MappingNode): Partial<Job> {
  const queue = queueOf(node);
  const either = (key: string) => textAt(node, key) ?? (queue && textAt(queue, key));
  return present({
    condition: textAt(node, 'condition'),
    continueOnError: textAt(node, 'continueOnError'),
    timeoutInMinutes: either('timeoutInMinutes'),
    cancelTimeoutInMinutes: either('cancelTimeoutInMinutes'),
  });
}

function containerOf(
  node: MappingNode,
  containers: ReadonlyMap<string, Container>,
): Container | undefined {
  const queue = queueOf(node);
  const written = nodeAt(node, 'container') ?? (queue && nodeAt(queue, 'container'));
  return convertContainer(written, containers);
}

function workspaceOf(node: MappingNode): Workspace | undefined {
  const workspace = mappingAt(node, 'workspace');
  const word = workspace && textAt(workspace, 'clean')?.text;
  const clean = word && choiceOf(word, ['outputs', 'resources', 'all']);
  return clean ? { clean } : undefined;
}

function usesOf(node: MappingNode): Uses | undefined {
  const uses = mappingAt(node, 'uses');
  return uses && { repositories: textsAt(uses, 'repositories'), pools: textsAt(uses, 'pools') };
}

function jobParts(
  node: MappingNode,
  pool: Pool | undefined,
  { checkoutOptions, sink }: JobSurroundings,
): Pick<Job, 'steps' | 'strategy'> {
  const strategy = convertStrategy(mappingAt(node, 'strategy') ?? queueOf(node), sink);
  const implicit = pool?.kind === 'server' ? {} : { checkout: checkoutOptions };
  return { ...present({ strategy }), steps: convertSteps(node, implicit, sink) };
}

function deploymentParts(
  node: MappingNode,
  pool: Pool | undefined,
  { downloads, sink }: JobSurroundings,
): Pick<Job, 'steps' | 'environment' | 'deployment'> {
  const sources = pool?.kind === 'server' ? [] : downloads;
  const deployment = convertDeployment(node, sources, sink);
  return { steps: [], ...present({ environment: convertEnvironment(node), deployment }) };
}
