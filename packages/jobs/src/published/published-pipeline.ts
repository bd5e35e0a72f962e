// What a published pipeline and a pipeline endpoint are, as every reader sees them. Holds no logic.
import type { LiteralValue, PortType } from '@ridgeline/azureml-yaml';
import type { JobSubmission } from '../submission/submission.ts';

export const publishedStatuses = ['Active', 'Disabled'] as const;

export type PublishedStatus = (typeof publishedStatuses)[number];

/** One input of a published pipeline: what a start may give another value. */
export interface PipelineParameter {
  readonly name: string;
  /** `string`, `number`, `integer`, `boolean`, or a type of data such as `uri_file`. */
  readonly type: PortType;
  /** Data as a path or reference, `@latest` still floating; null where each start has to give one. */
  readonly default: LiteralValue | null;
  /** It has no default, and is not optional. */
  readonly required: boolean;
  readonly description: string | null;
}

export interface PublishedPipeline {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  /** Unique together with the name. */
  readonly version: string;
  readonly description: string;
  readonly status: PublishedStatus;
  /** The experiment of its runs where a start names none. */
  readonly experimentName: string;
  readonly parameters: readonly PipelineParameter[];
  /** The names of its steps, in the definition's order. */
  readonly steps: readonly string[];
  /** Who has published it; empty where that is not known. */
  readonly createdBy: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The address that stays while the pipelines behind it are replaced. */
export interface PipelineEndpoint {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: PublishedStatus;
  /** The one of its versions that a call without a version starts. */
  readonly defaultVersion: string;
  /** Counted from "0", as Azure ML does; the oldest first. */
  readonly versions: readonly PipelineEndpointVersion[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface PipelineEndpointVersion {
  readonly version: string;
  readonly pipelineId: string;
}

export interface Publication {
  /** 1 to 250 characters. */
  readonly name: string;
  /** Default: one more than the greatest whole number among the versions of that name. */
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  readonly submission: JobSubmission;
  /**
   * The name of the endpoint to put it behind, as its default version; made where it is not there.
   */
  readonly endpoint?: string | undefined;
}

export interface NewPipelineEndpoint {
  readonly name: string;
  readonly description?: string | undefined;
  /** Its first version, and its default. */
  readonly pipelineId: string;
}

/** What one start gives. */
export interface PipelineStart {
  /** By parameter; null is the same as not given. */
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  readonly experimentName?: string | undefined;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** For the run of each step. */
  readonly stepTags?: Readonly<Record<string, string>> | undefined;
  readonly properties?: Readonly<Record<string, string>> | undefined;
  readonly continueOnStepFailure?: boolean | undefined;
  readonly forceRerun?: boolean | undefined;
  readonly runSource?: string | undefined;
  readonly parentRunId?: string | undefined;
}

/** Who asks, and by which endpoint. */
export interface Starter {
  readonly submittedBy?: string;
  readonly pipelineEndpointId?: string;
  /** The id that the job is to have, as `SubmittedBy` has it; default: a new one. */
  readonly jobId?: string;
}

export interface PipelineFilter {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly status?: PublishedStatus | undefined;
  /** At most so many, the newest first. */
  readonly limit: number;
}

/** The properties by which a job knows what it was started from; the first is Azure ML's own. */
export const pipelineIdProperty = 'azureml.pipelineid';
export const pipelineEndpointIdProperty = 'azureml.pipelineendpointid';
