// One command step, with or without an inline component. A step's outputs are read before any
// step's inputs, because inputs refer to the outputs of steps further down too.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint } from '../diagnostic/did-you-mean.ts';
import type { CommandStep, PipelineInput, StepInput, StepOutput } from '../job/job-types.ts';
import type { MapEntry, Token } from '../text/token.ts';
import { checkCommand } from './check-command.ts';
import { codeAt, environmentAt, resourceNameAt } from './check-strings.ts';
import { convertInputs } from './convert-input.ts';
import { convertStepOutput } from './convert-output.ts';
import { convertStepInput } from './convert-step-input.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import { entriesAt, mapAt, numberAt, stringAt, stringTokenAt, textMapAt } from './read-token.ts';

export function convertStepOutputs(
  step: MapEntry,
  scope: PipelineScope,
  sink: DiagnosticSink,
): Map<string, StepOutput> {
  const component = mapAt(step.value, 'component');
  const own = entriesAt(step.value, 'outputs');
  const declared = entriesAt(component, 'outputs');
  const outputs = new Map<string, StepOutput>();
  const outputScope = { step: step.key, pipelineOutputs: scope.outputs };
  for (const entry of new Map([...declared, ...own]).values()) {
    const ofComponent = declared.get(entry.key)?.value ?? null;
    outputs.set(entry.key, convertStepOutput(entry, ofComponent, outputScope, sink));
  }
  if (component !== null) {
    for (const entry of own.values()) {
      if (!declared.has(entry.key)) reportUndeclared(entry, 'output', declared.keys(), sink);
    }
  }
  return outputs;
}

export function convertStep(
  step: MapEntry,
  scope: PipelineScope,
  sink: DiagnosticSink,
): CommandStep {
  const { key: name, value: token } = step;
  const component = mapAt(token, 'component');
  // What the command says, the component says in its place.
  const body = component ?? token;
  if (component === null) requireCommand(step, sink);
  else refuseDoubles(token, sink);
  const outputs = scope.stepOutputs.get(name) ?? new Map();
  const inputs = convertStepInputs(step, component, scope, sink);
  checkStepCommand(name, body, entriesAt(component ?? token, 'inputs'), outputs, sink);
  return {
    name,
    displayName: stringAt(token, 'display_name') ?? stringAt(component, 'display_name'),
    description: stringAt(token, 'description') ?? stringAt(component, 'description'),
    tags: new Map([...textMapAt(component, 'tags'), ...textMapAt(token, 'tags')]),
    command: stringAt(body, 'command') ?? '',
    code: codeAt(body, sink),
    environment: environmentAt(token, sink) ?? environmentAt(component, sink),
    compute: resourceNameAt(token, 'compute', sink),
    environmentVariables: textMapAt(token, 'environment_variables'),
    timeoutSeconds: numberAt(mapAt(token, 'limits'), 'timeout'),
    inputs,
    outputs,
    dependsOn: dependencies(inputs),
  };
}

function convertStepInputs(
  step: MapEntry,
  component: Token | null,
  scope: PipelineScope,
  sink: DiagnosticSink,
): Map<string, StepInput> {
  const inputs = new Map<string, StepInput>();
  const declared = component === null ? null : convertInputs(component, sink);
  const own = entriesAt(step.value, 'inputs');
  for (const entry of own.values()) {
    if (sink.isFull) break;
    const port = declared?.get(entry.key) ?? null;
    if (declared !== null && port === null) reportUndeclared(entry, 'input', declared.keys(), sink);
    const input = convertStepInput(entry, step.key, port, scope, sink);
    if (input !== null) inputs.set(entry.key, input);
  }
  for (const [name, port] of declared ?? []) {
    if (own.has(name)) continue;
    const value = defaultOf(port);
    if (value !== null) inputs.set(name, value);
    else reportUnbound(name, step, sink);
  }
  return inputs;
}

function defaultOf(input: PipelineInput): StepInput | null {
  if (input.kind === 'literal')
    return input.value === null ? null : { ...input, value: input.value };
  return input.path === null ? null : { ...input, path: input.path };
}

function reportUnbound(name: string, step: MapEntry, sink: DiagnosticSink): void {
  const message = `step '${step.key}' gives its component's input '${name}' no value; add it under the step's inputs`;
  sink.report('INPUT_VALUE_MISSING', step.keyOffset, message);
}

function reportUndeclared(
  entry: MapEntry,
  port: 'input' | 'output',
  declared: Iterable<string>,
  sink: DiagnosticSink,
): void {
  const code = port === 'input' ? 'INPUT_NOT_FOUND' : 'OUTPUT_NOT_FOUND';
  const message = `the component has no ${port} '${entry.key}'${hint(entry.key, declared)}`;
  sink.report(code, entry.keyOffset, message);
}

function requireCommand(step: MapEntry, sink: DiagnosticSink): void {
  const { key, value } = step;
  // Of a step that is no mapping, or of a type that is not built, there is nothing to require.
  if (value.kind !== 'map' || value.entries.has('command') || value.entries.has('component'))
    return;
  if ((stringAt(value, 'type') ?? 'command') !== 'command') return;
  const message = `step '${key}' has neither 'command' nor 'component'; add 'command: …'`;
  sink.report('KEY_MISSING', step.keyOffset, message);
}

function refuseDoubles(token: Token, sink: DiagnosticSink): void {
  if (token.kind !== 'map') return;
  for (const key of ['command', 'code']) {
    const entry = token.entries.get(key);
    if (entry === undefined) continue;
    const message = `'${key}' stands beside 'component', which has its own; remove one of them`;
    sink.report('KEY_CONFLICT', entry.keyOffset, message);
  }
}

function checkStepCommand(
  step: string,
  body: Token,
  inputs: ReadonlyMap<string, unknown>,
  outputs: ReadonlyMap<string, unknown>,
  sink: DiagnosticSink,
): void {
  const command = stringTokenAt(body, 'command');
  if (command === null) return;
  const scope = {
    owner: `step '${step}'`,
    inputs: new Set(inputs.keys()),
    outputs: new Set(outputs.keys()),
  };
  checkCommand(command, scope, sink);
}

function dependencies(inputs: ReadonlyMap<string, StepInput>): string[] {
  const steps = new Set<string>();
  for (const input of inputs.values()) {
    if (input.kind === 'stepOutput') steps.add(input.step);
  }
  return [...steps];
}
