// The typed graph that a job file becomes: a pipeline, or one piece of work on its own.
// Names that users choose are keys of maps, in the order of the file. Null stands for a key that
// the file does not have.
import type { SourcePosition } from '../text/source.ts';
import type { AutoMLFields } from './automl-types.ts';
import type { PipelineInput, PipelineOutput } from './port-types.ts';
import type { CommandFields, ParallelFields, Step, WorkFields } from './step-types.ts';
import type { SweepFields } from './sweep-types.ts';

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
  readonly steps: ReadonlyMap<string, Step>;
}

export interface CommandJob extends JobFields, WorkFields, CommandFields {
  readonly type: 'command';
}

export interface SweepJob extends JobFields, WorkFields, SweepFields {
  readonly type: 'sweep';
}

export interface ParallelJob extends JobFields, WorkFields, ParallelFields {
  readonly type: 'parallel';
}

/** Its inputs are the data that its fields name. */
export interface AutoMLJob extends JobFields, WorkFields, AutoMLFields {
  readonly type: 'automl';
}

/** A job that is one step. */
export type WorkJob = CommandJob | SweepJob | ParallelJob | AutoMLJob;

export type Job = PipelineJob | WorkJob;
