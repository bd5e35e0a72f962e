// What the server tells of changes, as they happen.

export type EventKind =
  | 'experiment'
  | 'run'
  | 'metrics'
  | 'params'
  | 'tags'
  | 'model'
  | 'modelVersion'
  | 'loggedModel'
  | 'data'
  | 'job'
  | 'step'
  | 'log'
  | 'endpoint'
  | 'build';

/** Without any of the things, of all of them. Of several things, what belongs to one of them. */
export interface EventQuery {
  /** Default: all. */
  readonly kinds?: readonly EventKind[];
  /** Ids of experiments. */
  readonly experiments?: readonly string[];
  /** A job, with its steps and their runs. */
  readonly job?: string;
  /** A run, with those below it. */
  readonly run?: string;
  readonly build?: string;
  /** A registered model, with its versions. */
  readonly model?: string;
  /** A logged model, with what is measured on it. */
  readonly loggedModel?: string;
  readonly endpoint?: string;
}

type LifeCycle = 'created' | 'updated' | 'deleted';
/** What is deleted can come back, until `ridgeline gc` has removed it. */
type LongLife = LifeCycle | 'restored' | 'removed';

/** A point, as MLflow's JSON has it: what is no finite number is text. */
export interface ToldMetric {
  readonly key: string;
  readonly value: number | 'NaN' | 'Infinity' | '-Infinity';
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
  readonly step: number;
}

/** A change that is on disk. What is absent is as before, or not known. */
export type ChangeEvent =
  | {
      readonly kind: 'experiment';
      readonly action: LongLife;
      readonly experimentId: string;
    }
  | {
      readonly kind: 'run';
      readonly action: LongLife;
      readonly runId: string;
      readonly experimentId?: string;
      readonly name?: string;
      readonly status?: string;
      /** Milliseconds since 1970 UTC. */
      readonly endTime?: number;
      /** Null for a run that has none. */
      readonly parentRunId?: string | null;
    }
  | {
      readonly kind: 'metrics';
      readonly runId: string;
      /** The logged model that they were measured on, where that is said. */
      readonly modelId?: string;
      readonly experimentId?: string;
      /** How many points were logged within a fraction of a second. */
      readonly count: number;
      /** All of them; where they are too many, the last of each key, and not of every key. */
      readonly metrics: readonly ToldMetric[];
    }
  | {
      readonly kind: 'params' | 'tags';
      readonly runId: string;
      readonly experimentId?: string;
      /** Empty where they are too many to be told. */
      readonly keys: readonly string[];
    }
  | {
      readonly kind: 'model';
      readonly action: LifeCycle | 'renamed';
      readonly name: string;
      readonly newName?: string;
    }
  | {
      readonly kind: 'modelVersion';
      readonly action: LifeCycle;
      readonly name: string;
      readonly version: string;
      readonly stage?: string;
      readonly alias?: string;
    }
  | {
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
  | {
      readonly kind: 'data';
      readonly action: 'created';
      readonly name: string;
      readonly version: string;
    }
  | {
      readonly kind: 'job';
      readonly action: 'created' | 'updated';
      readonly jobId: string;
      readonly experimentId?: string;
      readonly status?: string;
    }
  | {
      readonly kind: 'step';
      readonly jobId: string;
      readonly experimentId?: string;
      readonly step: string;
      readonly status?: string;
      readonly attempt?: number;
      readonly runId?: string;
    }
  | {
      readonly kind: 'log';
      readonly jobId: string;
      readonly experimentId?: string;
      readonly step: string;
      readonly attempt: number;
      readonly sizeBytes: number;
    }
  | {
      readonly kind: 'log';
      readonly buildId: string;
      readonly log: number;
      readonly sizeBytes: number;
    }
  | {
      readonly kind: 'endpoint';
      readonly action: 'updated' | 'deleted';
      readonly name: string;
    }
  | { readonly kind: 'build'; readonly buildId: string };

export type WorkspaceEvent =
  | ChangeEvent
  /** From here on all is told: what is read now misses nothing. Comes first, and after each lost connection. */
  | { readonly kind: 'ready' }
  /** Changes were missed: read again what was read before. */
  | { readonly kind: 'reset'; readonly reason: string };
