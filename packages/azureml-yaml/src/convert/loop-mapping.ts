// What a loop looks at to go on, and what one turn hands to the next.
import type { StepOutput } from '../job/port-types.ts';
import type { MapEntry } from '../text/token.ts';
import { holdsExpression, readBinding } from './binding.ts';
import type { ControlScope } from './control-scope.ts';
import type { Loop } from './control-types.ts';
import { adviceOn } from './convert-input.ts';
import type { Node } from './read-node.ts';
import { entriesAt, isString, valueAt } from './read-token.ts';
import { literalTypesFit } from './type-fit.ts';

/** The output that says whether to go on; null for `true`, or when it is reported. */
export function conditionOutput(
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

export function mappingOf(node: Node, body: Node, { scope }: ControlScope): Loop['mapping'] {
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

export function reportOutput(
  output: string,
  body: Node,
  outputs: ReadonlyMap<string, unknown>,
  offset: number,
  { sink }: ControlScope['scope']['file'],
): void {
  const advice = adviceOn(output, outputs, '; declare it under its outputs');
  sink.report('OUTPUT_NOT_FOUND', offset, `step '${body.name}' has no output '${output}'${advice}`);
}
