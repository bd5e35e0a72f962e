// One declared input: of a job, of a component, or of a step when it is no binding.

import { checkDataPath } from '../asset/check-reference.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import { limitProblem } from '../job/literal-limits.ts';
import type {
  DataPipelineInput,
  DataType,
  InputMode,
  LiteralPipelineInput,
  LiteralType,
  LiteralValue,
  PipelineInput,
  PortType,
} from '../job/port-types.ts';
import { dataTypes, inputModes, literalTypes, outputModes } from '../schema/port-schemas.ts';
import type { MapEntry, MapToken, Token } from '../text/token.ts';
import { dataPathAt } from './check-strings.ts';
import { type FileScope, pathIn } from './file-scope.ts';
import { booleanAt, entriesAt, numberAt, stringAt, valueAt } from './read-token.ts';
import { valueFits } from './type-fit.ts';

export function convertInputs(map: Token | null, file: FileScope): Map<string, PipelineInput> {
  const inputs = new Map<string, PipelineInput>();
  for (const entry of entriesAt(map, 'inputs').values()) {
    inputs.set(entry.key, convertInput(entry, file));
  }
  return inputs;
}

const unbounded = { optional: false, minimum: null, maximum: null, allowed: null } as const;

export function convertInput(entry: MapEntry, file: FileScope): PipelineInput {
  const { value: token } = entry;
  const declaredAt = file.sink.source.positionAt(entry.keyOffset);
  if (token.kind !== 'map') {
    const value = literalOf(token);
    const type = shortFormType(value);
    return { kind: 'literal', type, value, ...unbounded, description: null, declaredAt };
  }
  const literalType = oneOf(literalTypes, stringAt(token, 'type'));
  if (literalType !== null) return convertLiteral(entry, token, literalType, file);
  const path = dataPathAt(token, file.sink);
  return {
    kind: 'data',
    type: dataTypeAt(token) ?? 'uri_folder',
    path: path === null ? null : pathIn(file, path),
    mode: inputModeAt(token),
    optional: booleanAt(token, 'optional') ?? false,
    description: stringAt(token, 'description'),
    declaredAt,
  };
}

function convertLiteral(
  entry: MapEntry,
  token: MapToken,
  type: LiteralType,
  { sink }: FileScope,
): LiteralPipelineInput {
  const input = {
    kind: 'literal',
    type,
    value: literalOf(literalTokenOf(token)),
    optional: booleanAt(token, 'optional') ?? false,
    minimum: numberAt(token, 'min'),
    maximum: numberAt(token, 'max'),
    allowed: allowedAt(token),
    description: stringAt(token, 'description'),
    declaredAt: sink.source.positionAt(entry.keyOffset),
  } as const;
  checkLimits(entry, token, input, sink);
  return input;
}

/** `default`, `value`, or in a step `path`: three spellings of one thing. */
function literalTokenOf(token: MapToken): Token | null {
  return valueAt(token, 'value') ?? valueAt(token, 'path') ?? valueAt(token, 'default');
}

function checkLimits(
  { key }: MapEntry,
  token: MapToken,
  input: LiteralPipelineInput,
  sink: FileScope['sink'],
): void {
  const { minimum, maximum, value, type } = input;
  if (minimum !== null && maximum !== null && minimum > maximum) {
    const message = `'min' of input '${key}' (${minimum}) is above its 'max' (${maximum}); correct one`;
    sink.report('VALUE_OUT_OF_RANGE', valueAt(token, 'min')?.offset ?? token.offset, message);
  }
  const place = literalTokenOf(token);
  if (value === null || place === null) return;
  if (!valueFits(type, value)) {
    // A default is judged by the schema already.
    if (place === valueAt(token, 'default')) return;
    const message = `input '${key}' is of type ${type}, and its value '${shorten(String(value))}' does not fit; change one of them`;
    sink.report('INPUT_TYPE_MISMATCH', place.offset, message);
    return;
  }
  const expected = limitProblem(input, value);
  if (expected === null) return;
  const message = `input '${key}' takes ${expected}, and its value is '${shorten(String(value))}'; change one of them`;
  sink.report('VALUE_OUT_OF_RANGE', place.offset, message);
}

function allowedAt(token: MapToken): LiteralValue[] | null {
  const list = valueAt(token, 'enum');
  if (list?.kind !== 'list') return null;
  return list.items.map(literalOf).filter((value) => value !== null);
}

/** The short form where data is wanted: `data: ./table` is its path.
 * @param wanted what the input is to be */
export function asData<T extends PipelineInput>(
  entry: MapEntry,
  input: T,
  { type, mode }: Pick<DataPipelineInput, 'type' | 'mode'>,
  file: FileScope,
): T | DataPipelineInput {
  if (input.kind !== 'literal' || typeof input.value !== 'string') return input;
  const { value, optional, description, declaredAt } = input;
  const problem = value.trim() === '' ? null : checkDataPath(value);
  if (problem !== null) file.sink.report(problem.code, entry.value.offset, problem.message);
  return { kind: 'data', type, path: pathIn(file, value), mode, optional, description, declaredAt };
}

export function literalOf(token: Token | null): LiteralValue | null {
  return token?.kind === 'scalar' ? token.value : null;
}

/** A whole number in the short form says nothing of whether others are welcome. */
function shortFormType(value: LiteralValue | null): LiteralType {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

export function dataTypeAt(map: Token | null): DataType | null {
  return oneOf(dataTypes, stringAt(map, 'type'));
}

/** Of any port. */
export function portTypeAt(map: Token | null): PortType | null {
  return dataTypeAt(map) ?? oneOf(literalTypes, stringAt(map, 'type'));
}

export function inputModeAt(map: Token | null): InputMode | null {
  return oneOf(inputModes, stringAt(map, 'mode'));
}

export function outputModeAt(map: Token | null): (typeof outputModes)[number] | null {
  return oneOf(outputModes, stringAt(map, 'mode'));
}

export function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | null {
  return allowed.find((value) => value === text) ?? null;
}

/** `; did you mean …`, or what to do where there are none at all. */
export function adviceOn(name: string, known: ReadonlyMap<string, unknown>, none: string): string {
  return known.size === 0 ? none : hint(name, known.keys());
}
