// One step that is work of its own: a command, a parallel run, a sweep, automated ML, or a
// pipeline that is a component. Conditions and loops are in `controls.ts`.
import type { StepOutput } from '../job/port-types.ts';
import type { StepBase } from '../job/step-types.ts';
import type { SweepTrial } from '../job/sweep-types.ts';
import type { Token } from '../text/token.ts';
import type { CommandScope } from './check-command.ts';
import { environmentAt, resourceNameAt } from './check-strings.ts';
import type { Component } from './components.ts';
import { autoMLData, convertAutoML } from './convert-automl.ts';
import { convertCommand } from './convert-command.ts';
import { convertParallel, overrideParallel } from './convert-parallel.ts';
import { convertStepInput } from './convert-step-input.ts';
import { convertStepInputs, type ItemNames } from './convert-step-ports.ts';
import { convertSweep } from './convert-sweep.ts';
import { convertWorkFields } from './convert-work-fields.ts';
import type { FileScope } from './file-scope.ts';
import type { LocalStep } from './graph-types.ts';
import { absentStepInputs } from './optional-inputs.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import type { Node } from './read-node.ts';
import { entriesAt, mapAt, numberAt, textMapAt } from './read-token.ts';

export interface StepContext {
  readonly scope: PipelineScope;
  readonly items: ItemNames;
}

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
      environment: environmentAt(token, file.sink) ?? fields.environment,
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

function convertSweepStep(node: Node, context: StepContext): LocalStep {
  const { token, component } = node;
  const { file } = context.scope;
  const space = entriesAt(token, 'search_space');
  const base = convertBase(node, context, (name) => space.has(name));
  const scope = { ...ownScope(node, base, context), searchSpace: space };
  const trial = convertTrial(mapAt(token, 'trial'), component, file, scope);
  return { type: 'sweep', ...base, ...convertSweep(token, file.sink), trial };
}

/** `token`: of a trial that stands in the file itself. */
export function convertTrial(
  token: Token | null,
  component: Component | null,
  file: FileScope,
  scope: CommandScope,
): SweepTrial {
  const { command, code, environment } =
    component?.body.type === 'command'
      ? component.body.fields
      : convertCommand(token ?? emptyToken, file, scope);
  const environmentVariables = textMapAt(component?.token ?? token, 'environment_variables');
  return { command, code, environment, environmentVariables };
}

const emptyToken: Token = { kind: 'scalar', value: null, text: '', offset: 0, end: 0 };

function convertAutoMLStep(node: Node, context: StepContext): LocalStep {
  const { token, name } = node;
  const { scope } = context;
  const base = convertBase(node, context);
  const inputs = new Map(base.inputs);
  for (const key of autoMLData) {
    const entry = token.kind === 'map' ? token.entries.get(key) : undefined;
    const input = entry === undefined ? null : convertStepInput(entry, name, null, scope);
    if (input !== null) inputs.set(key, input);
  }
  return { type: 'automl', ...base, inputs, ...convertAutoML(token, scope.file.sink) };
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

function convertBase(
  node: Node,
  { scope, items }: StepContext,
  isGiven: (name: string) => boolean = () => false,
): StepBase {
  const { name, token, component } = node;
  const inputs = convertStepInputs(node, scope, items, isGiven);
  const work = convertWorkFields(token, component?.token ?? null, scope.file.sink);
  const variables = textMapAt(component?.token ?? null, 'environment_variables');
  return {
    name,
    ...work,
    environmentVariables: new Map([...variables, ...work.environmentVariables]),
    inputs,
    outputs: scope.stepOutputs.get(name) ?? new Map<string, StepOutput>(),
    dependsOn: [],
    when: null,
  };
}

/** What a command that stands in the step itself may name. */
function ownScope(
  node: Node,
  { inputs, outputs }: StepBase,
  { scope, items }: StepContext,
): CommandScope {
  const own = entriesAt(node.token, 'inputs');
  return {
    owner: `step '${node.name}'`,
    // The names of a loop's items are inputs, whether or not the step says so.
    inputs: new Map<string, unknown>([
      ...own,
      ...[...items.names].map((name) => [name, null] as const),
    ]),
    optional: absentStepInputs(own, inputs, scope.inputs),
    outputs,
    searchSpace: null,
  };
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
