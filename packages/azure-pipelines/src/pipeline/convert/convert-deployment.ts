// A deployment's environment, and its strategy with the hooks.

import type { DiagnosticSink } from '../../diagnostic/diagnostic-sink.ts';
import { choiceOf } from '../../schema/check-scalar.ts';
import type { MappingNode } from '../../text/node.ts';
import type { DeploymentStrategy, Environment, Hook, Hooks } from '../deployment.ts';
import { hookNames } from '../deployment.ts';
import type { Text } from '../pipeline.ts';
import { convertPool } from './convert-pool.ts';
import { convertSteps } from './convert-step.ts';
import { mappingAt, nodeAt, present, textAt, textsAt } from './read-node.ts';

export function convertEnvironment(job: MappingNode): Environment | undefined {
  const node = nodeAt(job, 'environment');
  if (node === undefined) return undefined;
  if (node.kind !== 'mapping') return ofName(textAt(job, 'environment'));
  const name = textAt(node, 'name');
  if (name === undefined) return undefined;
  const texts = {
    resourceName: textAt(node, 'resourceName'),
    resourceId: textAt(node, 'resourceId'),
  };
  const type = textAt(node, 'resourceType')?.text ?? '';
  return {
    ...ofDottedName(name, texts.resourceName),
    ...present(texts),
    ...present({ resourceType: choiceOf(type, ['VirtualMachine', 'Kubernetes']) }),
    tags: textsAt(node, 'tags'),
    origin: node.origin,
  };
}

function ofDottedName(name: Text, resource: Text | undefined): Pick<Environment, 'name'> {
  return resource === undefined ? withoutResource(name) : { name };
}

/** `env.resource`: what stands behind the first dot names a resource. */
function withoutResource(name: Text): Pick<Environment, 'name' | 'resourceName'> {
  const dot = name.text.indexOf('.');
  // A dot inside `$(a.b)` belongs to the variable.
  if (dot === -1 || name.text.includes('$(')) return { name };
  const { origin } = name;
  const resourceName = { text: name.text.slice(dot + 1), origin };
  return { name: { text: name.text.slice(0, dot), origin }, resourceName };
}

function ofName(name: Text | undefined): Environment | undefined {
  return name && { ...withoutResource(name), tags: [], origin: name.origin };
}

/** `downloads`: the sources whose artifacts the `deploy` hook begins with. */
export function convertDeployment(
  job: MappingNode,
  downloads: readonly string[],
  sink: DiagnosticSink,
): DeploymentStrategy | undefined {
  const strategy = mappingAt(job, 'strategy');
  const entry = strategy?.entries.find(({ key }) => /^(runOnce|rolling|canary)$/.test(key.text));
  if (entry === undefined) return undefined;
  const node = entry.value;
  const hooks = node.kind === 'mapping' ? convertHooks(node, downloads, sink) : {};
  if (entry.key.text === 'runOnce' || node.kind !== 'mapping') return { kind: 'runOnce', hooks };
  if (entry.key.text === 'rolling') {
    return { kind: 'rolling', ...present({ maxParallel: textAt(node, 'maxParallel') }), hooks };
  }
  const increments = textsAt(node, 'increments').map(({ text }) => Number(text));
  return { kind: 'canary', increments, hooks };
}

function convertHooks(
  node: MappingNode,
  downloads: readonly string[],
  sink: DiagnosticSink,
): Hooks {
  const on = mappingAt(node, 'on');
  const hooks = hookNames.map((name) => {
    const isDeploy = name === 'deploy';
    return [name, convertHook(mappingAt(node, name), isDeploy ? downloads : [], sink)] as const;
  });
  const onFailure = convertHook(on && mappingAt(on, 'failure'), [], sink);
  const onSuccess = convertHook(on && mappingAt(on, 'success'), [], sink);
  return present({ ...Object.fromEntries(hooks), onFailure, onSuccess });
}

function convertHook(
  node: MappingNode | undefined,
  downloads: readonly string[],
  sink: DiagnosticSink,
): Hook | undefined {
  if (node === undefined) return undefined;
  const pool = convertPool(node);
  // A hook without an agent has no disk to download to.
  const sources = pool?.kind === 'server' ? [] : downloads;
  const steps = convertSteps(node, { downloads: sources }, sink);
  return { steps, ...present({ pool }), origin: node.origin };
}
