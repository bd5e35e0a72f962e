// One step that is work of its own, or a pipeline that is a component. Conditions and loops are in
// `controls.ts`.
import type { Token } from '../text/token.ts';
import { resourceNameAt } from './check-strings.ts';
import { convertCommand } from './convert-command.ts';
import { stepEnvironmentAt } from './convert-environment.ts';
import { convertParallel, overrideParallel } from './convert-parallel.ts';
import { convertAutoMLStep, convertSweepStep } from './convert-search-step.ts';
import type { FileScope } from './file-scope.ts';
import type { LocalStep } from './graph-types.ts';
import type { Node } from './read-node.ts';
import { mapAt, numberAt } from './read-token.ts';
import { convertBase, ownScope, type StepContext } from './step-base.ts';

/** Null for a step that is no work, or of which too little is known. */
export function convertStep(node: Node, context: StepContext): LocalStep | null {
  switch (node.type) {
    case 'command':
      return convertCommandStep(node, context);
    case 'parallel':
      return convertParallelStep(node, context);
    case 'sweep':
      return convertSweepStep(node, context);
    case 'automl':
      return convertAutoMLStep(node, context);
    case 'pipeline':
      return convertPipelineStep(node, context);
    default:
      return null;
  }
}

function convertCommandStep(node: Node, context: StepContext): LocalStep {
  const { token, component } = node;
  const { file } = context.scope;
  const base = convertBase(node, context);
  if (component?.body.type === 'command') {
    refuseDoubles(token, ['command', 'code'], file);
    const { fields } = component.body;
    return {
      type: 'command',
      ...base,
      ...fields,
      environment: stepEnvironmentAt(token, file) ?? fields.environment,
      timeoutSeconds: numberAt(mapAt(token, 'limits'), 'timeout') ?? fields.timeoutSeconds,
    };
  }
  requireKeys(node, ['command'], file);
  return {
    type: 'command',
    ...base,
    ...convertCommand(token, file, ownScope(node, base, context)),
  };
}

function convertParallelStep(node: Node, context: StepContext): LocalStep {
  const { token, component } = node;
  const { file } = context.scope;
  const base = convertBase(node, context);
  if (component?.body.type === 'parallel') {
    refuseDoubles(token, ['task', 'input_data'], file);
    return { type: 'parallel', ...base, ...overrideParallel(component.body.fields, token, file) };
  }
  requireKeys(node, ['task', 'input_data'], file);
  const fields = convertParallel(token, file, ownScope(node, base, context));
  return { type: 'parallel', ...base, ...fields };
}

function convertPipelineStep(node: Node, context: StepContext): LocalStep | null {
  const { component, token } = node;
  const { file } = context.scope;
  if (component?.body.type !== 'pipeline') return null;
  const { graph } = component.body;
  const base = convertBase(node, context);
  const compute =
    base.compute ??
    resourceNameAt(mapAt(token, 'settings'), 'default_compute', file.sink) ??
    resourceNameAt(mapAt(component.token, 'settings'), 'default_compute', component.file.sink);
  return { type: 'pipeline', ...base, compute, graph };
}

function requireKeys({ name, entry, token }: Node, keys: readonly string[], file: FileScope): void {
  // Of a step that is no mapping there is nothing to require.
  if (token.kind !== 'map' || token.entries.has('component')) return;
  for (const key of keys) {
    if (token.entries.has(key)) continue;
    const message = `step '${name}' has neither '${key}' nor 'component'; add '${key}: …'`;
    file.sink.report('KEY_MISSING', entry.keyOffset, message);
  }
}

function refuseDoubles(token: Token, keys: readonly string[], { sink }: FileScope): void {
  if (token.kind !== 'map') return;
  for (const key of keys) {
    const entry = token.entries.get(key);
    if (entry === undefined) continue;
    const message = `'${key}' stands beside 'component', which has its own; remove one of them`;
    sink.report('KEY_CONFLICT', entry.keyOffset, message);
  }
}
