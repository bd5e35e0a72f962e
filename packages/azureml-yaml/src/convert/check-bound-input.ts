// Whether an input may be bound to what it is bound to.
import { shorten } from '../diagnostic/did-you-mean.ts';
import { formatReference } from '../expression/reference.ts';
import { limitProblem } from '../job/literal-limits.ts';
import type { LiteralValue, PipelineInput, PortType } from '../job/port-types.ts';
import type { MapEntry } from '../text/token.ts';
import { narrowedInput } from './narrow-input.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import type { BoundSource, InputBinding } from './resolve-binding.ts';
import { isLiteral, literalTypesFit, typesFit, valueFits } from './type-fit.ts';

export function checkTypes(
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
export function checkDeclared(
  name: string,
  declared: PipelineInput,
  source: BoundSource,
  { reference, offset }: InputBinding,
  { file, inputs, narrowed }: PipelineScope,
): void {
  const input = narrowed.get(reference.name) ?? inputs.get(reference.name);
  if (reference.kind === 'parentInput' && input !== undefined) {
    narrowed.set(reference.name, narrowedInput(input, declared));
  }
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
  const message = `input '${name}' takes ${expected}, and its value is '${shorten(String(value))}'; change one of them`;
  sink.report('VALUE_OUT_OF_RANGE', offset, message);
}

export function reportLimitsOf(
  entry: MapEntry,
  value: LiteralValue,
  declared: PipelineInput | null,
  sink: PipelineScope['file']['sink'],
): void {
  if (declared !== null) reportLimits(entry.key, declared, value, entry.value.offset, sink);
}
