// Inputs and outputs as the graph knows them: of jobs and components, and of steps.
// Null stands for a key that the file does not have.
import type { dataTypes, inputModes, literalTypes, outputModes } from '../schema/port-schemas.ts';
import type { SourcePosition } from '../text/source.ts';

export type LiteralType = (typeof literalTypes)[number];
export type LiteralValue = string | number | boolean;
export type DataType = (typeof dataTypes)[number];
/** What a port may be: a value written as text, or a file or folder. */
export type PortType = DataType | LiteralType;
export type InputMode = (typeof inputModes)[number];
export type OutputMode = (typeof outputModes)[number];

/** `value`: the literal or the declared default; null until `assignInputs` gives one. A number in
 * the short form (`alpha: 1`) has the type `number`, so that 0.5 can be assigned to it. */
export interface LiteralPipelineInput {
  readonly kind: 'literal';
  readonly type: LiteralType;
  readonly value: LiteralValue | null;
  /** It may be left without a value; `$[[ … ]]` around it in a command then vanishes. */
  readonly optional: boolean;
  /** Of numbers; both ends are allowed values. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** The only values that it takes; null for any. */
  readonly allowed: readonly LiteralValue[] | null;
  readonly description: string | null;
  readonly declaredAt: SourcePosition;
}

/** `path` as written: a local path, `azureml:name:version` or `azureml://datastores/…`; null until
 * `assignInputs` gives one. */
export interface DataPipelineInput {
  readonly kind: 'data';
  readonly type: DataType;
  readonly path: string | null;
  readonly optional: boolean;
  readonly mode: InputMode | null;
  readonly description: string | null;
  readonly declaredAt: SourcePosition;
}

export type PipelineInput = LiteralPipelineInput | DataPipelineInput;

/** The data asset that an output becomes when its step has completed. */
export interface OutputRegistration {
  readonly name: string;
  /** Null: the workspace takes the next one. */
  readonly version: string | null;
}

/** `producer`: the step output that is bound to it with `${{parent.outputs.x}}`. */
export interface PipelineOutput {
  readonly type: PortType;
  readonly mode: OutputMode | null;
  /** `azureml://datastores/NAME/paths/PATH`, where it is copied to; null to keep it with its run. */
  readonly path: string | null;
  readonly register: OutputRegistration | null;
  readonly description: string | null;
  readonly producer: { readonly step: string; readonly output: string } | null;
}

export interface LiteralStepInput extends LiteralPipelineInput {
  readonly value: LiteralValue;
}

export interface DataStepInput extends DataPipelineInput {
  readonly path: string;
}

/** From `${{parent.inputs.NAME}}`. An optional pipeline input without a value makes it vanish. */
export interface ParentInputBinding {
  readonly kind: 'parentInput';
  readonly name: string;
  readonly mode: InputMode | null;
}

/** From `${{parent.jobs.STEP.outputs.OUTPUT}}`. An output of a literal type is a file whose text is
 * the value. */
export interface StepOutputBinding {
  readonly kind: 'stepOutput';
  readonly step: string;
  readonly output: string;
  readonly mode: InputMode | null;
}

/** In the body of a `parallel_for`: the value that the item has under this name. */
export interface ItemBinding {
  readonly kind: 'item';
  readonly name: string;
  readonly mode: InputMode | null;
}

export type StepInput =
  | LiteralStepInput
  | DataStepInput
  | ParentInputBinding
  | StepOutputBinding
  | ItemBinding;

/** `parentOutput`: the pipeline output that it is bound to. A type that the file leaves out is
 * that output's, else `uri_folder`. An output of a literal type is a file that the step writes its
 * value to, as text. */
export interface StepOutput {
  readonly type: PortType;
  readonly mode: OutputMode | null;
  readonly path: string | null;
  readonly register: OutputRegistration | null;
  /** Meant for a condition or a loop to look at. */
  readonly isControl: boolean;
  readonly parentOutput: string | null;
}
