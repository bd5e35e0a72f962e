// Which inputs may come without a value, so that a command must be able to do without them.
import type { PipelineInput, StepInput } from '../job/port-types.ts';
import type { MapEntry } from '../text/token.ts';
import { booleanAt } from './read-token.ts';

/** Of declared inputs: the optional ones without a default. */
export function absentInputs(inputs: ReadonlyMap<string, PipelineInput>): Set<string> {
  const absent = [...inputs].filter(([, input]) => input.optional && givenValue(input) === null);
  return new Set(absent.map(([name]) => name));
}

/** Of a step's own inputs: the optional ones without a value, and those bound to what may have
 * none. */
export function absentStepInputs(
  own: ReadonlyMap<string, MapEntry>,
  inputs: ReadonlyMap<string, StepInput>,
  pipelineInputs: ReadonlyMap<string, PipelineInput>,
): Set<string> {
  const absentInPipeline = absentInputs(pipelineInputs);
  const absent = [...own.values()].filter(({ key, value }) => {
    const input = inputs.get(key);
    if (input === undefined) return booleanAt(value, 'optional') ?? false;
    return input.kind === 'parentInput' && absentInPipeline.has(input.name);
  });
  return new Set(absent.map(({ key }) => key));
}

function givenValue(input: PipelineInput): unknown {
  return input.kind === 'literal' ? input.value : input.path;
}
