// What can be told of a change: of which thing, and what has become of it. A change is small; who
// wants all of the thing reads it again.

import type { Metric, MetricOrigin } from '../runs/run.ts';

export const changeKinds = [
  'experiment',
  'run',
  'metrics',
  'params',
  'tags',
  'model',
  'modelVersion',
  'loggedModel',
  'data',
  'job',
  'step',
  'log',
  'endpoint',
  'build',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

type LifeCycle = 'created' | 'updated' | 'deleted';
/** What is deleted can come back, until garbage collection has removed it. */
type LongLife = LifeCycle | 'restored' | 'removed';

export interface ExperimentChange {
  readonly kind: 'experiment';
  readonly action: LongLife;
  readonly experimentId: string;
}

/** What is absent is as before. */
export interface RunChange {
  readonly kind: 'run';
  readonly action: LongLife;
  readonly runId: string;
  readonly experimentId?: string;
  readonly name?: string;
  readonly status?: string;
  /** Milliseconds since the epoch. */
  readonly endTime?: number;
  /** Null for a run that has none. */
  readonly parentRunId?: string | null;
}

/** A point, as MLflow's JSON has it: what is no finite number is text. */
export interface ToldMetric {
  readonly key: string;
  readonly value: number | 'NaN' | 'Infinity' | '-Infinity';
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly step: number;
}

/** Of all that was logged within a fraction of a second. */
export interface MetricsChange {
  readonly kind: 'metrics';
  readonly runId: string;
  /** The logged model that they were measured on, where that is said. */
  readonly modelId?: string;
  /** How many points were logged. */
  readonly count: number;
  /** All of them; where they are too many, the last of each key, and not of every key. */
  readonly metrics: readonly ToldMetric[];
}

/** Tags that were deleted are among the keys. */
export interface KeysChange {
  readonly kind: 'params' | 'tags';
  readonly runId: string;
  /** Empty where they are too many to be told. */
  readonly keys: readonly string[];
}

export interface ModelChange {
  readonly kind: 'model';
  readonly action: LifeCycle | 'renamed';
  readonly name: string;
  /** After it was renamed. */
  readonly newName?: string;
}

export interface ModelVersionChange {
  readonly kind: 'modelVersion';
  readonly action: LifeCycle;
  readonly name: string;
  readonly version: string;
  /** Where it was moved to another one. */
  readonly stage?: string;
  /** An alias that points at it now. */
  readonly alias?: string;
}

/** What is absent is as before. */
export interface LoggedModelChange {
  readonly kind: 'loggedModel';
  readonly action: LifeCycle | 'removed';
  readonly modelId: string;
  readonly experimentId: string;
  /** The run that has made it; absent where none has. */
  readonly runId?: string;
  readonly name?: string;
  readonly status?: string;
  /** The keys of params that were logged; empty where they are too many to be told. */
  readonly params?: readonly string[];
  /** Also those of tags that were deleted. */
  readonly tags?: readonly string[];
}

export interface DataChange {
  readonly kind: 'data';
  readonly action: 'created';
  readonly name: string;
  readonly version: string;
}

/** What is absent is as before. */
export interface JobChange {
  readonly kind: 'job';
  readonly action: 'created' | 'updated';
  readonly jobId: string;
  readonly experimentId?: string;
  readonly status?: string;
}

export interface StepChange {
  readonly kind: 'step';
  readonly jobId: string;
  readonly step: string;
  readonly status?: string;
  readonly attempt?: number;
  readonly runId?: string;
}

/** A log has grown: that of a step of a job, or one of the logs of a build. */
export type LogChange =
  | {
      readonly kind: 'log';
      readonly jobId: string;
      readonly step: string;
      readonly attempt: number;
      readonly sizeBytes: number;
    }
  | {
      readonly kind: 'log';
      readonly buildId: string;
      readonly log: number;
      readonly sizeBytes: number;
    };

export interface EndpointChange {
  readonly kind: 'endpoint';
  readonly action: 'updated' | 'deleted';
  readonly name: string;
}

export interface BuildChange {
  readonly kind: 'build';
  readonly buildId: string;
}

export type Change =
  | ExperimentChange
  | RunChange
  | MetricsChange
  | KeysChange
  | ModelChange
  | ModelVersionChange
  | LoggedModelChange
  | DataChange
  | JobChange
  | StepChange
  | LogChange
  | EndpointChange
  | BuildChange;

/** A point, and the logged model it was measured on. */
export type MeasuredMetric = Metric & Pick<MetricOrigin, 'modelId'>;

/** Where changes are told. To be called once they are on disk, and never for a write that failed. */
export interface ChangeSink {
  publish(change: Change): void;
  /** As `publish`, for what is told often: what comes together is told together. */
  publishMetrics(runId: string, metrics: readonly MeasuredMetric[]): void;
}

/** Where nobody can listen. */
export const silent: ChangeSink = { publish() {}, publishMetrics() {} };
