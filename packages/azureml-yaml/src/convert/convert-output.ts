// Outputs of jobs, steps and inline components.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint } from '../diagnostic/did-you-mean.ts';
import type { PipelineOutput, StepOutput } from '../job/job-types.ts';
import type { MapEntry, Token } from '../text/token.ts';
import { type Binding, holdsExpression, readBinding } from './binding.ts';
import { dataTypeAt, outputModeAt } from './convert-input.ts';
import { entriesAt, stringAt, valueAt } from './read-token.ts';

/** Of a job. Producers are filled in by the steps that are bound to them. */
export function convertJobOutputs(
  map: Token | null,
  sink: DiagnosticSink,
): Map<string, PipelineOutput> {
  const outputs = new Map<string, PipelineOutput>();
  for (const { key, value } of entriesAt(map, 'outputs').values()) {
    outputs.set(key, {
      type: dataTypeAt(value) ?? 'uri_folder',
      mode: outputModeAt(value),
      path: outputPathAt(value, sink),
      description: stringAt(value, 'description'),
      producer: null,
    });
  }
  return outputs;
}

/** Only a datastore can take an output; where on this machine it lies is not the user's to say. */
function outputPathAt(map: Token | null, sink: DiagnosticSink): string | null {
  const token = valueAt(map, 'path');
  if (holdsExpression(token)) {
    readBinding(token, [], 'the path itself', sink);
    return null;
  }
  const path = stringAt(map, 'path');
  if (path === null || token === null || path.startsWith('azureml://datastores/')) return path;
  const message =
    "an output's path must be on a datastore: write 'azureml://datastores/NAME/paths/PATH', or remove the key";
  sink.report('VALUE_NOT_ALLOWED', token.offset, message);
  return path;
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
  const parentOutput = holdsExpression(bound) ? bindOutput(entry.key, bound, scope, sink) : null;
  const parent = parentOutput === null ? undefined : scope.pipelineOutputs.get(parentOutput);
  if (long === null && !holdsExpression(value) && value.kind === 'scalar' && value.value !== null) {
    const message = `output '${entry.key}' cannot be a plain value; write \${{parent.outputs.NAME}} or a mapping with 'type'`;
    sink.report('VALUE_NOT_ALLOWED', value.offset, message);
  }
  return {
    type: dataTypeAt(long) ?? dataTypeAt(declared) ?? parent?.type ?? 'uri_folder',
    mode: outputModeAt(long) ?? outputModeAt(declared) ?? parent?.mode ?? null,
    path:
      parentOutput === null && !holdsExpression(bound)
        ? outputPathAt(long, sink)
        : (parent?.path ?? null),
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
    reportUnknown(binding, pipelineOutputs, sink);
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
  { reference, offset }: Binding,
  outputs: ReadonlyMap<string, unknown>,
  sink: DiagnosticSink,
): void {
  const advice =
    outputs.size === 0
      ? "; declare it under the pipeline's outputs"
      : hint(reference.name, outputs.keys());
  sink.report(
    'OUTPUT_NOT_FOUND',
    offset,
    `the pipeline has no output '${reference.name}'${advice}`,
  );
}
