// One input of a step: a binding, resolved and checked, or a value of its own.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint } from '../diagnostic/did-you-mean.ts';
import { formatReference, type Reference } from '../expression/reference.ts';
import type { InputMode, PipelineInput, StepInput } from '../job/job-types.ts';
import type { MapEntry } from '../text/token.ts';
import { type Binding, holdsExpression, readBinding } from './binding.ts';
import { convertInput, dataTypeAt, inputModeAt } from './convert-input.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import { valueAt } from './read-token.ts';
import { isLiteral, type PortType, typesFit, valueFits } from './type-fit.ts';

type InputBinding = Binding<Extract<Reference, { kind: 'parentInput' | 'stepOutput' }>>;

/** Null when the value is not usable; the reason is reported. `declared`: the input of the step's
 * component that it is for, else null. */
export function convertStepInput(
  entry: MapEntry,
  step: string,
  declared: PipelineInput | null,
  scope: PipelineScope,
  sink: DiagnosticSink,
): StepInput | null {
  const long = entry.value.kind === 'map' ? entry.value : null;
  const bound = long === null ? entry.value : valueAt(long, 'path');
  if (!holdsExpression(bound)) return convertOwnValue(entry, declared, sink);
  const shapes = `\${{parent.inputs.NAME}} or \${{parent.jobs.STEP.outputs.NAME}}`;
  const binding = readBinding(bound, ['parentInput', 'stepOutput'], shapes, sink);
  if (binding === null) return null;
  const source = resolve(binding, step, scope, sink);
  if (source === null) return null;
  for (const target of [dataTypeAt(long), declared?.type ?? null]) {
    if (target !== null) checkTypes(entry.key, target, source, binding, sink);
  }
  return bindingInput(binding, inputModeAt(long));
}

function bindingInput({ reference }: InputBinding, mode: InputMode | null): StepInput {
  if (reference.kind === 'parentInput') return { kind: 'parentInput', name: reference.name, mode };
  return { kind: 'stepOutput', step: reference.step, output: reference.name, mode };
}

/** The type of what the binding names, or null when there is no such thing. */
function resolve(
  { reference, offset }: InputBinding,
  step: string,
  scope: PipelineScope,
  sink: DiagnosticSink,
): PortType | null {
  const { name } = reference;
  if (reference.kind === 'parentInput') {
    const input = scope.inputs.get(name);
    if (input !== undefined) return input.type;
    const advice =
      scope.inputs.size === 0
        ? "; declare it under the pipeline's inputs"
        : hint(name, scope.inputs.keys());
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
  const output = outputs.get(name);
  if (output !== undefined) return output.type;
  const advice = outputs.size === 0 ? '; declare it under its outputs' : hint(name, outputs.keys());
  sink.report(
    'OUTPUT_NOT_FOUND',
    offset,
    `step '${reference.step}' has no output '${name}'${advice}`,
  );
  return null;
}

function checkTypes(
  name: string,
  target: PortType,
  source: PortType,
  { reference, offset }: InputBinding,
  sink: DiagnosticSink,
): void {
  if (typesFit(target, source)) return;
  const message = `input '${name}' is of type ${target}, and ${formatReference(reference)} of type ${source}; make the types the same`;
  sink.report('INPUT_TYPE_MISMATCH', offset, message);
}

function convertOwnValue(
  entry: MapEntry,
  declared: PipelineInput | null,
  sink: DiagnosticSink,
): StepInput | null {
  const input = convertInput(entry, sink);
  if (input.kind === 'data' && input.path !== null) {
    checkOwnType(entry, input, declared, sink);
    return { ...input, path: input.path };
  }
  if (input.kind === 'literal' && input.value !== null) {
    checkOwnType(entry, input, declared, sink);
    return { ...input, value: input.value };
  }
  const key = input.kind === 'data' ? 'path' : 'default';
  const reported = entry.value.kind !== 'map' || entry.value.entries.has(key);
  if (!reported) {
    const message = `input '${entry.key}' has no value, and a step's inputs cannot be given one later; add '${key}: …' or bind it with \${{parent.inputs.NAME}}`;
    sink.report('INPUT_VALUE_MISSING', entry.keyOffset, message);
  }
  return null;
}

function checkOwnType(
  entry: MapEntry,
  input: PipelineInput,
  declared: PipelineInput | null,
  sink: DiagnosticSink,
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
