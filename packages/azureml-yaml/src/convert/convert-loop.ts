// `do_while` and `parallel_for`: a step that runs again and again, or once an item.
import type { StepOutput } from '../job/port-types.ts';
import type { ForEachStep, LoopStep } from '../job/step-types.ts';
import type { MapEntry } from '../text/token.ts';
import { holdsExpression, readBinding } from './binding.ts';
import type { ControlScope } from './control-scope.ts';
import type { ForEach, Loop } from './control-types.ts';
import { adviceOn } from './convert-input.ts';
import { convertItems, itemNames } from './convert-items.ts';
import type { ItemNames } from './convert-step-ports.ts';
import type { Node } from './read-node.ts';
import { entriesAt, isString, mapAt, numberAt, valueAt } from './read-token.ts';
import { isLiteral, literalTypesFit } from './type-fit.ts';

export function convertLoop(
  node: Node,
  control: ControlScope,
): { readonly control: Loop; readonly step: LoopStep } | null {
  const { name, token } = node;
  const body = holdBody(node, control);
  if (body === null) return null;
  const outputs = control.outputsOf(body.name);
  control.scope.stepOutputs.set(name, outputs);
  const condition = conditionOutput(node, body, control);
  return {
    control: {
      type: 'do_while',
      name,
      body: body.name,
      condition,
      mapping: mappingOf(node, body, control),
    },
    step: {
      type: 'do_while',
      ...control.baseOf(node),
      body: new Map(),
      outputsFrom: new Map(),
      condition: null,
      mapping: [],
      maxIterations: numberAt(mapAt(token, 'limits'), 'max_iteration_count') ?? 1,
    },
  };
}

export function convertForEach(
  node: Node,
  control: ControlScope,
): { readonly control: ForEach; readonly step: ForEachStep; readonly items: ItemNames } | null {
  const { name, token } = node;
  const body = holdBody(node, control);
  if (body === null) return null;
  control.scope.stepOutputs.set(name, gathered(node, body, control));
  const items = convertItems(node, body, control);
  return {
    control: { type: 'parallel_for', name, body: body.name },
    items: itemNames(items, body),
    step: {
      type: 'parallel_for',
      ...control.baseOf(node),
      body: new Map(),
      outputsFrom: new Map(),
      items: items ?? { kind: 'list', list: [] },
      maxConcurrency: numberAt(token, 'max_concurrency'),
    },
  };
}

function holdBody(node: Node, control: ControlScope): Node | null {
  const { sink } = control.scope.file;
  const token = valueAt(node.token, 'body');
  const body = control.hold(token, node);
  if (body === null || token === null) return null;
  const isLoop = body.type === 'do_while' || body.type === 'parallel_for';
  const { component } = body;
  const holdsLoop =
    component?.body.type === 'pipeline' &&
    [...component.body.graph.steps.values()].some((step) => 'body' in step);
  if (isLoop || holdsLoop) {
    const message = `'${body.name}' is or holds a loop, and a loop within a loop is not supported; write one of them into the program`;
    sink.report('FEATURE_NOT_SUPPORTED', token.offset, message);
    return null;
  }
  if (body.type !== 'if_else') return body;
  const message = `'${body.name}' is a condition, which cannot be the body of a loop by itself; put it into a pipeline component`;
  sink.report('FEATURE_NOT_SUPPORTED', token.offset, message);
  return null;
}

/** The output that says whether to go on; null for `true`, or when it is reported. */
function conditionOutput(
  { name, token }: Node,
  body: Node,
  { scope }: ControlScope,
): string | null {
  const { sink } = scope.file;
  const value = valueAt(token, 'condition');
  if (value === null || value.kind !== 'scalar' || value.value === true) return null;
  const output = holdsExpression(value)
    ? boundOutput(value, body, scope.file)
    : isString(value)
      ? value.value
      : undefined;
  if (output === null) return null;
  if (output === undefined) {
    const message = `the condition of step '${name}' must be true or an output of '${body.name}'; write \${{parent.jobs.${body.name}.outputs.NAME}}`;
    sink.report('VALUE_NOT_ALLOWED', value.offset, message);
    return null;
  }
  const outputs = scope.stepOutputs.get(body.name) ?? null;
  const found = outputs?.get(output);
  if (outputs !== null && found === undefined) {
    reportOutput(output, body, outputs, value.offset, scope.file);
  } else if (found !== undefined && found.type !== 'boolean') {
    const message = `the condition of step '${name}' must be of type boolean, and output '${output}' of '${body.name}' is of type ${found.type}; declare it with 'type: boolean'`;
    sink.report('INPUT_TYPE_MISMATCH', value.offset, message);
  }
  return output;
}

function boundOutput(
  value: Parameters<typeof readBinding>[0],
  body: Node,
  { sink }: ControlScope['scope']['file'],
): string | null | undefined {
  const shape = `\${{parent.jobs.${body.name}.outputs.NAME}}`;
  const binding = readBinding(value, ['stepOutput'], shape, sink);
  if (binding === null) return null;
  return binding.reference.step === body.name ? binding.reference.name : undefined;
}

function mappingOf(node: Node, body: Node, { scope }: ControlScope): Loop['mapping'] {
  const outputs = scope.stepOutputs.get(body.name) ?? null;
  const mapping: { output: string; input: string }[] = [];
  for (const entry of entriesAt(node.token, 'mapping').values()) {
    const output = outputs?.get(entry.key);
    if (outputs !== null && output === undefined) {
      reportOutput(entry.key, body, outputs, entry.keyOffset, scope.file);
    }
    for (const { value, offset } of namesOf(entry)) {
      mapping.push({ output: entry.key, input: value });
      checkMapped(value, offset, output ?? null, body, scope.file);
    }
  }
  return mapping;
}

function namesOf({ value }: MapEntry) {
  const items = value.kind === 'list' ? value.items : [value];
  return items.filter((item) => item.kind === 'scalar').filter(isString);
}

function checkMapped(
  name: string,
  offset: number,
  output: StepOutput | null,
  body: Node,
  { sink }: ControlScope['scope']['file'],
): void {
  if (body.type === null) return;
  const inputs = body.component?.inputs ?? entriesAt(body.token, 'inputs');
  if (!inputs.has(name)) {
    const advice = adviceOn(name, inputs, '; declare it under its inputs');
    sink.report('INPUT_NOT_FOUND', offset, `step '${body.name}' has no input '${name}'${advice}`);
    return;
  }
  const declared = body.component?.inputs.get(name);
  if (declared === undefined || output === null) return;
  if (literalTypesFit(declared.type, output.type)) return;
  const message = `input '${name}' of '${body.name}' is of type ${declared.type}, and the output that is mapped to it of type ${output.type}; make the types the same`;
  sink.report('INPUT_TYPE_MISMATCH', offset, message);
}

/** Each output of the body, of all turns together. */
function gathered(
  node: Node,
  body: Node,
  { scope }: ControlScope,
): ReadonlyMap<string, StepOutput> | null {
  const ofBody = scope.stepOutputs.get(body.name) ?? null;
  const own = scope.stepOutputs.get(node.name) ?? new Map<string, StepOutput>();
  if (ofBody === null) return null;
  for (const { key, keyOffset } of entriesAt(node.token, 'outputs').values()) {
    if (!ofBody.has(key)) reportOutput(key, body, ofBody, keyOffset, scope.file);
  }
  return new Map(
    [...ofBody].map(([name, output]) => {
      const type = isLiteral(output.type) ? ('string' as const) : ('uri_folder' as const);
      return [name, { ...output, ...own.get(name), type }];
    }),
  );
}

function reportOutput(
  output: string,
  body: Node,
  outputs: ReadonlyMap<string, unknown>,
  offset: number,
  { sink }: ControlScope['scope']['file'],
): void {
  const advice = adviceOn(output, outputs, '; declare it under its outputs');
  sink.report('OUTPUT_NOT_FOUND', offset, `step '${body.name}' has no output '${output}'${advice}`);
}
