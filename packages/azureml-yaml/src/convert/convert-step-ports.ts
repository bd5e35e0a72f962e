// The inputs and outputs of one step, with those that its component declares. A step's outputs are
// read before any step's inputs, because inputs refer to the outputs of steps further down too.
import { hint } from '../diagnostic/did-you-mean.ts';
import type { PipelineInput, StepInput, StepOutput } from '../job/port-types.ts';
import type { MapEntry } from '../text/token.ts';
import { convertStepOutput } from './convert-output.ts';
import { convertStepInput } from './convert-step-input.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import type { Node } from './read-node.ts';
import { entriesAt } from './read-token.ts';

const noEntries: ReadonlyMap<string, MapEntry> = new Map();

export function convertStepOutputs(node: Node, scope: PipelineScope): Map<string, StepOutput> {
  const { component, token, name: step } = node;
  const { sink } = scope.file;
  const own = entriesAt(token, 'outputs');
  const declared = component?.outputs ?? noEntries;
  const outputs = new Map<string, StepOutput>();
  const outputScope = { step, pipelineOutputs: scope.outputs };
  for (const entry of new Map([...declared, ...own]).values()) {
    const ofComponent = declared.get(entry.key)?.value ?? null;
    // A component's own outputs are checked in its file, and never bound to this pipeline's.
    const isOwn = own.has(entry.key) || component === null;
    const output = isOwn
      ? convertStepOutput(entry, ofComponent, outputScope, sink)
      : convertStepOutput({ ...entry, value: emptyValue(entry) }, ofComponent, outputScope, sink);
    outputs.set(entry.key, output);
  }
  if (component !== null) {
    for (const entry of own.values()) {
      if (!declared.has(entry.key)) reportUndeclared(entry, 'output', declared.keys(), scope);
    }
  }
  return outputs;
}

function emptyValue({ value }: MapEntry): MapEntry['value'] {
  return { kind: 'scalar', value: null, text: '', offset: value.offset, end: value.end };
}

/** What the items of a `parallel_for` give to its body. */
export interface ItemNames {
  readonly names: ReadonlySet<string>;
  /** The items are not there yet, and may give any input that has no value. */
  readonly areOpen: boolean;
}

export const noItems: ItemNames = { names: new Set(), areOpen: false };

/** @param isGiven whether a value comes from elsewhere, as from a sweep's search space */
export function convertStepInputs(
  node: Node,
  scope: PipelineScope,
  items: ItemNames,
  isGiven: (name: string) => boolean,
): Map<string, StepInput> {
  const { component, token, name: step } = node;
  const inputs = new Map<string, StepInput>();
  const declared = component?.inputs ?? null;
  const own = entriesAt(token, 'inputs');
  for (const entry of own.values()) {
    if (scope.file.sink.isFull) break;
    const port = declared?.get(entry.key) ?? null;
    if (declared !== null && port === null) {
      reportUndeclared(entry, 'input', declared.keys(), scope);
    }
    const input = items.names.has(entry.key)
      ? itemOf(entry.key)
      : convertStepInput(entry, step, port, scope);
    if (input !== null) inputs.set(entry.key, input);
  }
  for (const [name, port] of declared ?? []) {
    if (own.has(name)) continue;
    const value = items.names.has(name) ? itemOf(name) : defaultOf(port);
    if (value !== null) inputs.set(name, value);
    else if (items.areOpen) inputs.set(name, itemOf(name));
    else if (!port.optional && !isGiven(name)) reportUnbound(name, node, scope);
  }
  if (declared === null) for (const name of items.names) inputs.set(name, itemOf(name));
  return inputs;
}

function itemOf(name: string): StepInput {
  return { kind: 'item', name, mode: null };
}

function defaultOf(input: PipelineInput): StepInput | null {
  if (input.kind === 'literal')
    return input.value === null ? null : { ...input, value: input.value };
  return input.path === null ? null : { ...input, path: input.path };
}

function reportUnbound(name: string, { entry }: Node, { file }: PipelineScope): void {
  const message = `step '${entry.key}' gives its component's input '${name}' no value; add it under the step's inputs`;
  file.sink.report('INPUT_VALUE_MISSING', entry.keyOffset, message);
}

function reportUndeclared(
  entry: MapEntry,
  port: 'input' | 'output',
  declared: Iterable<string>,
  { file }: PipelineScope,
): void {
  const code = port === 'input' ? 'INPUT_NOT_FOUND' : 'OUTPUT_NOT_FOUND';
  const message = `the component has no ${port} '${entry.key}'${hint(entry.key, declared)}`;
  file.sink.report(code, entry.keyOffset, message);
}
