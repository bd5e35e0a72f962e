// What a pipeline's input may be, once it is known which components it is handed to: a value that one
// of them cannot take is refused when it is given, not when the step begins.
import type { LiteralPipelineInput, LiteralValue, PipelineInput } from '../job/port-types.ts';

/** `by`: the input of a component that it is bound to. */
export function narrowedInput(input: PipelineInput, by: PipelineInput): PipelineInput {
  if (input.kind !== 'literal' || by.kind !== 'literal') return input;
  return {
    ...input,
    type: input.type === 'number' && by.type === 'integer' ? by.type : input.type,
    minimum: tighter(input.minimum, by.minimum, Math.max),
    maximum: tighter(input.maximum, by.maximum, Math.min),
    allowed: common(input, by),
  };
}

function tighter(
  one: number | null,
  other: number | null,
  choose: (...values: number[]) => number,
): number | null {
  if (one === null || other === null) return one ?? other;
  return choose(one, other);
}

function common(
  { allowed }: LiteralPipelineInput,
  { allowed: other }: LiteralPipelineInput,
): readonly LiteralValue[] | null {
  if (allowed === null || other === null) return allowed ?? other;
  const texts = new Set(other.map(String));
  return allowed.filter((value) => texts.has(String(value)));
}
