// The shapes of published pipelines and pipeline endpoints.
import type { InputValue, JobSubmission } from './job.ts';

export type PublishedStatus = 'Active' | 'Disabled';

/** One input of a published pipeline: what a start may give another value. */
export interface PipelineParameter {
  readonly name: string;
  /** `string`, `number`, `integer`, `boolean`, or a type of data such as `uri_file`. */
  readonly type: string;
  /** Null where each start has to give one, or may leave it out. */
  readonly default: InputValue | null;
  readonly required: boolean;
  readonly description: string | null;
}

export interface PublishedPipeline {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly status: PublishedStatus;
  /** The experiment of its runs where a start names none. */
  readonly experimentName: string;
  readonly parameters: readonly PipelineParameter[];
  readonly steps: readonly string[];
  readonly createdBy: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Where any program starts it, as at Azure ML: POST with a bearer token. */
  readonly restEndpoint: string;
}

export interface NewPublishedPipeline {
  readonly name: string;
  /** Default: counted up. */
  readonly version?: string;
  /** Default: the definition's own. */
  readonly description?: string;
  readonly submission: JobSubmission;
  /** The name of the pipeline endpoint that it becomes the default of; made if it is not there. */
  readonly endpoint?: string;
}

export interface PipelineQuery {
  readonly name?: string;
  readonly version?: string;
  readonly status?: PublishedStatus;
  readonly limit?: number;
}

/** What one start gives. */
export interface PipelineStart {
  readonly inputs?: Readonly<Record<string, InputValue>>;
  readonly experimentName?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** For the run of each step. */
  readonly stepTags?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, string>>;
  readonly continueOnStepFailure?: boolean;
  readonly forceRerun?: boolean;
}

export interface PipelineEndpoint {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: PublishedStatus;
  readonly defaultVersion: string;
  /** The oldest first. */
  readonly versions: readonly { readonly version: string; readonly pipelineId: string }[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Where any program starts its default version, as at Azure ML: POST with a bearer token. */
  readonly restEndpoint: string;
}

export interface NewPipelineEndpoint {
  readonly name: string;
  readonly description?: string;
  /** Its first version, and its default. */
  readonly pipelineId: string;
}
