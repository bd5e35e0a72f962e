// What a binding of an input names: an input of the pipeline, or an output of another step.
import { hint } from '../diagnostic/did-you-mean.ts';
import type { Reference } from '../expression/reference.ts';
import type {
  InputMode,
  LiteralValue,
  PipelineInput,
  PortType,
  StepInput,
} from '../job/port-types.ts';
import type { Binding } from './binding.ts';
import { adviceOn } from './convert-input.ts';
import type { PipelineScope } from './pipeline-scope.ts';

export type InputBinding = Binding<Extract<Reference, { kind: 'parentInput' | 'stepOutput' }>>;

/** What a binding gives. */
export interface BoundSource {
  readonly type: PortType;
  /** Of a pipeline input: its value, as far as the file says one. */
  readonly value: LiteralValue | null;
  /** It may come without a value. */
  readonly mayBeAbsent: boolean;
  readonly isOutput: boolean;
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
