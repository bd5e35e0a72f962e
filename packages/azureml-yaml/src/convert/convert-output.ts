// Outputs of jobs, steps and components.
import { readAssetReference } from '../asset/asset-reference.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { OutputRegistration, PipelineOutput, StepOutput } from '../job/port-types.ts';
import type { MapEntry, Token } from '../text/token.ts';
import { type Binding, holdsExpression, readBinding } from './binding.ts';
import { adviceOn, outputModeAt, portTypeAt } from './convert-input.ts';
import { booleanAt, entriesAt, stringAt, stringTokenAt, textAt, valueAt } from './read-token.ts';

/** Of a job or a pipeline component. Producers are filled in by the steps that are bound to them. */
export function convertJobOutputs(
  map: Token | null,
  sink: DiagnosticSink,
): Map<string, PipelineOutput> {
  const outputs = new Map<string, PipelineOutput>();
  for (const { key, value } of entriesAt(map, 'outputs').values()) {
    outputs.set(key, {
      type: portTypeAt(value) ?? 'uri_folder',
      mode: outputModeAt(value),
      path: outputPathAt(value, sink),
      register: registrationAt(value, sink),
      description: stringAt(value, 'description'),
      producer: null,
    });
  }
  return outputs;
}

/** Only a datastore can take an output; where on this machine it lies is not the user's to say. */
function outputPathAt(map: Token | null, sink: DiagnosticSink): string | null {
  const token = valueAt(map, 'path');
  if (holdsBinding(token)) {
    readBinding(token, [], 'the path itself', sink);
    return null;
  }
  const path = stringAt(map, 'path');
  if (path === null || token === null) return path;
  if (/^azureml:\/\/datastores\/[^/]+\/paths\/./.test(path.replace(placeholder, 'x'))) return path;
  const message =
    "an output's path must be on a datastore: write 'azureml://datastores/NAME/paths/PATH', or remove the key";
  sink.report('VALUE_NOT_ALLOWED', token.offset, message);
  return path;
}

/** What may stand open in a path on a datastore: whoever copies the output there fills it in. */
const placeholder = /\$\{\{\s*(?:name|output_name|default_datastore)\s*\}\}/g;

/** Whether the value is meant as a binding: a path with nothing but placeholders in it is none. */
function holdsBinding(
  token: Token | null,
): token is Extract<Token, { kind: 'scalar' }> & { readonly value: string } {
  if (token?.kind !== 'scalar' || !holdsExpression(token)) return false;
  const filled = String(token.value).replace(placeholder, 'x');
  return filled.includes('${{') || !/^azureml:\/\/datastores\/[^/]+\/paths\/./.test(filled);
}

/** The asset that the output becomes, by `name` and `version`. */
function registrationAt(map: Token | null, sink: DiagnosticSink): OutputRegistration | null {
  const name = stringTokenAt(map, 'name');
  const version = textAt(map, 'version');
  if (name === null) {
    if (version === null) return null;
    const offset = valueAt(map, 'version')?.offset ?? 0;
    sink.report('KEY_MISSING', offset, "an output with a 'version' needs a 'name' too; add it");
    return null;
  }
  const reference = `${name.value}${version === null ? '' : `:${version}`}`;
  if (readAssetReference(reference)?.name === name.value) return { name: name.value, version };
  const message = `'${shorten(reference)}' is no name of a data asset: use letters, digits, '.', '_' and '-', at most 255`;
  sink.report('NAME_INVALID', name.offset, message);
  return null;
}

export interface StepOutputScope {
  readonly step: string;
  readonly pipelineOutputs: Map<string, PipelineOutput>;
}

/** Of a step; binds pipeline outputs to it. `declared`: the output of the step's component. */
export function convertStepOutput(
  entry: MapEntry,
  declared: Token | null,
  scope: StepOutputScope,
  sink: DiagnosticSink,
): StepOutput {
  const { value } = entry;
  const long = value.kind === 'map' ? value : null;
  const bound = long === null ? value : valueAt(long, 'path');
  const parentOutput = holdsBinding(bound) ? bindOutput(entry.key, bound, scope, sink) : null;
  const parent = parentOutput === null ? undefined : scope.pipelineOutputs.get(parentOutput);
  if (long === null && !holdsExpression(value) && value.kind === 'scalar' && value.value !== null) {
    const message = `output '${entry.key}' cannot be a plain value; write \${{parent.outputs.NAME}} or a mapping with 'type'`;
    sink.report('VALUE_NOT_ALLOWED', value.offset, message);
  }
  return {
    type: portTypeAt(long) ?? portTypeAt(declared) ?? parent?.type ?? 'uri_folder',
    mode: outputModeAt(long) ?? outputModeAt(declared) ?? parent?.mode ?? null,
    path:
      parentOutput === null && !holdsBinding(bound)
        ? outputPathAt(long, sink)
        : (parent?.path ?? null),
    register: registrationAt(long, sink) ?? parent?.register ?? null,
    isControl: booleanAt(long, 'is_control') ?? booleanAt(declared, 'is_control') ?? false,
    parentOutput,
  };
}

function bindOutput(
  output: string,
  token: Parameters<typeof readBinding>[0],
  { step, pipelineOutputs }: StepOutputScope,
  sink: DiagnosticSink,
): string | null {
  const binding = readBinding(token, ['parentOutput'], `\${{parent.outputs.NAME}}`, sink);
  if (binding === null) return null;
  const { name } = binding.reference;
  if (sink.isFull) return null;
  const parent = pipelineOutputs.get(name);
  if (parent === undefined) {
    reportUnknown(binding, name, pipelineOutputs, sink);
    return null;
  }
  if (parent.producer !== null) {
    const { step: other, output: otherOutput } = parent.producer;
    const message = `pipeline output '${name}' is written by output '${otherOutput}' of step '${other}' already; bind it once`;
    sink.report('OUTPUT_BOUND_TWICE', binding.offset, message);
    return name;
  }
  pipelineOutputs.set(name, { ...parent, producer: { step, output } });
  return name;
}

function reportUnknown(
  { offset }: Binding,
  name: string,
  outputs: ReadonlyMap<string, unknown>,
  sink: DiagnosticSink,
): void {
  const advice = adviceOn(name, outputs, "; declare it under the pipeline's outputs");
  sink.report('OUTPUT_NOT_FOUND', offset, `the pipeline has no output '${name}'${advice}`);
}
