// One input of a step: a binding, resolved and checked, or a value of its own.
import type { PipelineInput, StepInput } from '../job/port-types.ts';
import type { MapEntry, Token } from '../text/token.ts';
import { holdsExpression, readBinding } from './binding.ts';
import { checkDeclared, checkTypes, reportLimitsOf } from './check-bound-input.ts';
import { asData, convertInput, inputModeAt, portTypeAt } from './convert-input.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import { valueAt } from './read-token.ts';
import { bindingInput, resolveBinding } from './resolve-binding.ts';
import { isLiteral, typesFit, valueFits } from './type-fit.ts';

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

function convertOwnValue(
  entry: MapEntry,
  declared: PipelineInput | null,
  { file }: PipelineScope,
): StepInput | null {
  const own = convertInput(entry, file);
  const input = declared?.kind === 'data' ? asData(entry, own, declared, file) : own;
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
