// One input of a step: a binding, resolved and checked, or a value of its own.
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import { formatReference, type Reference } from '../expression/reference.ts';
import { limitProblem } from '../job/literal-limits.ts';
import type {
  InputMode,
  LiteralValue,
  PipelineInput,
  PortType,
  StepInput,
} from '../job/port-types.ts';
import type { MapEntry, Token } from '../text/token.ts';
import { type Binding, holdsExpression, readBinding } from './binding.ts';
import { adviceOn, convertInput, inputModeAt, portTypeAt } from './convert-input.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import { valueAt } from './read-token.ts';
import { isLiteral, literalTypesFit, typesFit, valueFits } from './type-fit.ts';

type InputBinding = Binding<Extract<Reference, { kind: 'parentInput' | 'stepOutput' }>>;

/** What a binding gives. */
interface BoundSource {
  readonly type: PortType;
  /** Of a pipeline input: its value, as far as the file says one. */
  readonly value: LiteralValue | null;
  /** It may come without a value. */
  readonly mayBeAbsent: boolean;
  readonly isOutput: boolean;
}

/** Null when there is no value: the reason is reported, or the input is optional. `declared`: the
 * input of the step's component that it is for, else null. */
export function convertStepInput(
  entry: MapEntry,
  step: string,
  declared: PipelineInput | null,
  scope: PipelineScope,
): StepInput | null {
  const { sink } = scope.file;
  const long = entry.value.kind === 'map' ? entry.value : null;
  const bound = boundToken(entry.value);
  if (!holdsExpression(bound)) return convertOwnValue(entry, declared, scope);
  const shapes = `\${{parent.inputs.NAME}} or \${{parent.jobs.STEP.outputs.NAME}}`;
  const binding = readBinding(bound, ['parentInput', 'stepOutput'], shapes, sink);
  if (binding === null) return null;
  const source = resolveBinding(binding, step, scope);
  if (source === null) return null;
  for (const target of [portTypeAt(long), declared?.type ?? null]) {
    if (target !== null) checkTypes(entry.key, target, source, binding, scope);
  }
  if (declared !== null) checkDeclared(entry.key, declared, source, binding, scope);
  return bindingInput(binding, inputModeAt(long));
}

function boundToken(value: Token): Token | null {
  if (value.kind !== 'map') return value;
  const path = valueAt(value, 'path');
  return path ?? valueAt(value, 'value');
}

export function bindingInput({ reference }: InputBinding, mode: InputMode | null): StepInput {
  if (reference.kind === 'parentInput') return { kind: 'parentInput', name: reference.name, mode };
  return { kind: 'stepOutput', step: reference.step, output: reference.name, mode };
}

/** What the binding names, or null when there is no such thing, which is reported. */
export function resolveBinding(
  { reference, offset }: InputBinding,
  step: string,
  scope: PipelineScope,
): BoundSource | null {
  const { name } = reference;
  const { sink } = scope.file;
  if (reference.kind === 'parentInput') {
    const input = scope.inputs.get(name);
    if (input !== undefined) return sourceOf(input);
    const advice = adviceOn(name, scope.inputs, "; declare it under the pipeline's inputs");
    sink.report('INPUT_NOT_FOUND', offset, `the pipeline has no input '${name}'${advice}`);
    return null;
  }
  const outputs = scope.stepOutputs.get(reference.step);
  if (outputs === undefined) {
    const others = [...scope.stepOutputs.keys()].filter((other) => other !== step);
    const message = `step '${step}' depends on '${reference.step}', which does not exist${hint(reference.step, others)}`;
    sink.report('STEP_NOT_FOUND', offset, message);
    return null;
  }
  if (reference.step === step) {
    const message = `step '${step}' reads its own output '${name}'; read another step's, or a pipeline input`;
    sink.report('STEP_SELF_REFERENCE', offset, message);
    return null;
  }
  scope.edges.push({ from: step, to: reference.step, offset });
  // Of a step whose component is not known, nothing can be said.
  if (outputs === null) return null;
  const output = outputs.get(name);
  if (output !== undefined) {
    return { type: output.type, value: null, mayBeAbsent: false, isOutput: true };
  }
  const advice = adviceOn(name, outputs, '; declare it under its outputs');
  const message = `step '${reference.step}' has no output '${name}'${advice}`;
  sink.report('OUTPUT_NOT_FOUND', offset, message);
  return null;
}

function sourceOf(input: PipelineInput): BoundSource {
  const value = input.kind === 'literal' ? input.value : null;
  const given = input.kind === 'literal' ? input.value : input.path;
  const mayBeAbsent = input.optional && given === null;
  return { type: input.type, value, mayBeAbsent, isOutput: false };
}

function checkTypes(
  name: string,
  target: PortType,
  source: BoundSource,
  { reference, offset }: InputBinding,
  { file }: PipelineScope,
): void {
  // The value of a pipeline input can be looked at; that of an output is not there yet.
  const fits = source.isOutput
    ? literalTypesFit(target, source.type)
    : typesFit(target, source.type);
  if (fits) return;
  const message = `input '${name}' is of type ${target}, and ${formatReference(reference)} of type ${source.type}; make the types the same`;
  file.sink.report('INPUT_TYPE_MISMATCH', offset, message);
}

/** What the component asks for beyond the type. */
function checkDeclared(
  name: string,
  declared: PipelineInput,
  source: BoundSource,
  { reference, offset }: InputBinding,
  { file }: PipelineScope,
): void {
  if (source.mayBeAbsent && !declared.optional) {
    const message = `input '${name}' of the component needs a value, and ${formatReference(reference)} is optional; give that one a default, or make this one optional`;
    file.sink.report('INPUT_VALUE_MISSING', offset, message);
  }
  if (declared.kind !== 'literal' || source.value === null) return;
  const fits = !isLiteral(source.type) || valueFits(declared.type, source.value);
  if (fits || declared.type === 'boolean') {
    reportLimits(name, declared, source.value, offset, file.sink);
  } else if (typesFit(declared.type, source.type)) {
    const message = `input '${name}' is of type ${declared.type}, and the value of ${formatReference(reference)} is '${shorten(String(source.value))}'; change one of them`;
    file.sink.report('INPUT_TYPE_MISMATCH', offset, message);
  }
}

function reportLimits(
  name: string,
  declared: PipelineInput,
  value: LiteralValue,
  offset: number,
  sink: PipelineScope['file']['sink'],
): void {
  const expected = declared.kind === 'literal' ? limitProblem(declared, value) : null;
  if (expected === null) return;
  const message = `input '${name}' of the component takes ${expected}, and its value is '${shorten(String(value))}'; change one of them`;
  sink.report('VALUE_OUT_OF_RANGE', offset, message);
}

function convertOwnValue(
  entry: MapEntry,
  declared: PipelineInput | null,
  { file }: PipelineScope,
): StepInput | null {
  const input = asDeclared(convertInput(entry, file), declared);
  if (input.kind === 'data' && input.path !== null) {
    checkOwnType(entry, input, declared, file.sink);
    return { ...input, path: input.path };
  }
  if (input.kind === 'literal' && input.value !== null) {
    checkOwnType(entry, input, declared, file.sink);
    reportLimitsOf(entry, input.value, declared, file.sink);
    return { ...input, value: input.value };
  }
  if (input.optional || (declared?.optional ?? false)) return null;
  const key = input.kind === 'data' ? 'path' : 'default';
  const reported = entry.value.kind !== 'map' || entry.value.entries.has(key);
  if (!reported) {
    const message = `input '${entry.key}' has no value, and a step's inputs cannot be given one later; add '${key}: …' or bind it with \${{parent.inputs.NAME}}`;
    file.sink.report('INPUT_VALUE_MISSING', entry.keyOffset, message);
  }
  return null;
}

/** `data: ./table.csv` is a path where the component wants data. */
function asDeclared(input: PipelineInput, declared: PipelineInput | null): PipelineInput {
  if (declared?.kind !== 'data' || input.kind !== 'literal') return input;
  if (typeof input.value !== 'string') return input;
  const { type, mode } = declared;
  const { value: path, optional, description, declaredAt } = input;
  return { kind: 'data', type, path, optional, mode, description, declaredAt };
}

function reportLimitsOf(
  entry: MapEntry,
  value: LiteralValue,
  declared: PipelineInput | null,
  sink: PipelineScope['file']['sink'],
): void {
  if (declared !== null) reportLimits(entry.key, declared, value, entry.value.offset, sink);
}

function checkOwnType(
  entry: MapEntry,
  input: PipelineInput,
  declared: PipelineInput | null,
  sink: PipelineScope['file']['sink'],
): void {
  if (declared === null) return;
  const fits =
    input.kind === 'literal' && isLiteral(declared.type)
      ? input.value !== null && valueFits(declared.type, input.value)
      : typesFit(declared.type, input.type);
  if (fits) return;
  const message = `input '${entry.key}' of the component is of type ${declared.type}, and its value of type ${input.type}; change one of them`;
  sink.report('INPUT_TYPE_MISMATCH', entry.value.offset, message);
}
