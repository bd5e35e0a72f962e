// The typed graph that a job file becomes. Names that users choose are keys of maps, in the order
// of the file. Null stands for a key that the file does not have.
import type { dataTypes, inputModes, literalTypes, outputModes } from '../schema/port-schemas.ts';
import type { SourcePosition } from '../text/source.ts';

export type LiteralType = (typeof literalTypes)[number];
export type LiteralValue = string | number | boolean;
export type DataType = (typeof dataTypes)[number];
export type InputMode = (typeof inputModes)[number];
export type OutputMode = (typeof outputModes)[number];

/** `value`: the literal or the declared default; null until `assignInputs` gives one. A number in
 * the short form (`alpha: 1`) has the type `number`, so that 0.5 can be assigned to it. */
export interface LiteralPipelineInput {
  readonly kind: 'literal';
  readonly type: LiteralType;
  readonly value: LiteralValue | null;
  readonly description: string | null;
  readonly declaredAt: SourcePosition;
}

/** `path` as written: a local path, `azureml:name:version` or `azureml://datastores/…`; null until
 * `assignInputs` gives one. */
export interface DataPipelineInput {
  readonly kind: 'data';
  readonly type: DataType;
  readonly path: string | null;
  readonly mode: InputMode | null;
  readonly description: string | null;
  readonly declaredAt: SourcePosition;
}

export type PipelineInput = LiteralPipelineInput | DataPipelineInput;

/** `producer`: the step output that is bound to it with `${{parent.outputs.x}}`. */
export interface PipelineOutput {
  readonly type: DataType;
  readonly mode: OutputMode | null;
  readonly path: string | null;
  readonly description: string | null;
  readonly producer: { readonly step: string; readonly output: string } | null;
}

export interface LiteralStepInput extends LiteralPipelineInput {
  readonly value: LiteralValue;
}

export interface DataStepInput extends DataPipelineInput {
  readonly path: string;
}

/** From `${{parent.inputs.NAME}}`. */
export interface ParentInputBinding {
  readonly kind: 'parentInput';
  readonly name: string;
  readonly mode: InputMode | null;
}

/** From `${{parent.jobs.STEP.outputs.OUTPUT}}`. */
export interface StepOutputBinding {
  readonly kind: 'stepOutput';
  readonly step: string;
  readonly output: string;
  readonly mode: InputMode | null;
}

export type StepInput = LiteralStepInput | DataStepInput | ParentInputBinding | StepOutputBinding;

/** `parentOutput`: the pipeline output that it is bound to. A type that the file leaves out is
 * that output's, else `uri_folder`. */
export interface StepOutput {
  readonly type: DataType;
  readonly mode: OutputMode | null;
  readonly path: string | null;
  readonly parentOutput: string | null;
}

/** What a command job and a command step both say. */
export interface CommandFields {
  readonly displayName: string | null;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  /** A template: `${{inputs.x}}` and `${{outputs.x}}` are filled in by `renderCommand`. */
  readonly command: string;
  /** The folder as written, relative to the file. */
  readonly code: string | null;
  /** As written, such as `azureml:ridgeline-node@latest`. */
  readonly environment: string | null;
  /** Without the prefix `azureml:`. */
  readonly compute: string | null;
  readonly environmentVariables: ReadonlyMap<string, string>;
  /** At least 1. */
  readonly timeoutSeconds: number | null;
}

export interface CommandStep extends CommandFields {
  readonly name: string;
  readonly inputs: ReadonlyMap<string, StepInput>;
  readonly outputs: ReadonlyMap<string, StepOutput>;
  /** The steps whose outputs it reads, each once, in the order of its inputs. */
  readonly dependsOn: readonly string[];
}

interface JobFields {
  readonly name: string | null;
  readonly displayName: string | null;
  readonly experimentName: string | null;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, string>;
  readonly inputs: ReadonlyMap<string, PipelineInput>;
  readonly outputs: ReadonlyMap<string, PipelineOutput>;
  /** Where the job begins in its file. */
  readonly declaredAt: SourcePosition;
}

export interface PipelineSettings {
  /** `settings.default_compute`, else the job's `compute`; without the prefix `azureml:`. */
  readonly defaultCompute: string | null;
  /** Without the prefix `azureml:`. */
  readonly defaultDatastore: string | null;
  /** Default false. */
  readonly continueOnStepFailure: boolean;
  /** Default false. */
  readonly forceRerun: boolean;
}

export interface PipelineJob extends JobFields {
  readonly type: 'pipeline';
  readonly settings: PipelineSettings;
  readonly steps: ReadonlyMap<string, CommandStep>;
}

export interface CommandJob extends JobFields, CommandFields {
  readonly type: 'command';
}

export type Job = PipelineJob | CommandJob;
