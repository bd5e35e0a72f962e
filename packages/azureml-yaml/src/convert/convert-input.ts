// One declared input: of a job, of an inline component, or of a step when it is no binding.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type {
  DataType,
  InputMode,
  LiteralType,
  LiteralValue,
  PipelineInput,
} from '../job/job-types.ts';
import { dataTypes, inputModes, literalTypes, outputModes } from '../schema/port-schemas.ts';
import type { MapEntry, Token } from '../text/token.ts';
import { dataPathAt } from './check-strings.ts';
import { entriesAt, stringAt, valueAt } from './read-token.ts';

export function convertInputs(map: Token | null, sink: DiagnosticSink): Map<string, PipelineInput> {
  const inputs = new Map<string, PipelineInput>();
  for (const entry of entriesAt(map, 'inputs').values()) {
    inputs.set(entry.key, convertInput(entry, sink));
  }
  return inputs;
}

export function convertInput(entry: MapEntry, sink: DiagnosticSink): PipelineInput {
  const { value: token } = entry;
  const declaredAt = sink.source.positionAt(entry.keyOffset);
  if (token.kind !== 'map') {
    const value = literalOf(token);
    return { kind: 'literal', type: shortFormType(value), value, description: null, declaredAt };
  }
  const description = stringAt(token, 'description');
  const literalType = oneOf(literalTypes, stringAt(token, 'type'));
  if (literalType !== null) {
    const value = literalOf(valueAt(token, 'default'));
    return { kind: 'literal', type: literalType, value, description, declaredAt };
  }
  return {
    kind: 'data',
    type: dataTypeAt(token) ?? 'uri_folder',
    path: dataPathAt(token, sink),
    mode: inputModeAt(token),
    description,
    declaredAt,
  };
}

function literalOf(token: Token | null): LiteralValue | null {
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

export function inputModeAt(map: Token | null): InputMode | null {
  return oneOf(inputModes, stringAt(map, 'mode'));
}

export function outputModeAt(map: Token | null): (typeof outputModes)[number] | null {
  return oneOf(outputModes, stringAt(map, 'mode'));
}

function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | null {
  return allowed.find((value) => value === text) ?? null;
}
