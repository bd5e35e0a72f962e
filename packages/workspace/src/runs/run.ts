// A run as MLflow's JSON has it. Absent means not set; arrays are always there.
import type { LifecycleStage } from '../experiments/experiment-tables.ts';
import type { KeyValue } from '../key-values.ts';
import type { RunRow, RunStatus } from './run-tables.ts';

export interface RunInfo {
  /** 32 hexadecimal digits. */
  readonly run_id: string;
  /** The same as `run_id`, for old clients. */
  readonly run_uuid: string;
  readonly run_name: string;
  readonly experiment_id: string;
  readonly user_id: string;
  readonly status: RunStatus;
  /** Milliseconds since the epoch. */
  readonly start_time: number;
  /** Absent until the run has ended. */
  readonly end_time?: number;
  readonly artifact_uri: string;
  readonly lifecycle_stage: LifecycleStage;
}

export interface Metric {
  readonly key: string;
  /** May be NaN, which JSON has no number for: MLflow writes it as the string "NaN". */
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly step: number;
}

/** What a point may say of the logged model and the data that it was measured on. */
export interface MetricOrigin {
  readonly modelId?: string | undefined;
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
}

export interface DatasetInput {
  readonly dataset: Dataset;
  readonly tags: readonly KeyValue[];
}

export interface RunData {
  /** The latest point of each metric, sorted by key, as params and tags are. */
  readonly metrics: readonly Metric[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

export interface RunInputs {
  readonly dataset_inputs: readonly DatasetInput[];
  readonly model_inputs: readonly ModelInput[];
}

/** A logged model that a run used. */
export interface ModelInput {
  readonly model_id: string;
}

/** A logged model that a run made. */
export interface ModelOutput {
  readonly model_id: string;
  readonly step: number;
}

export interface Run {
  readonly info: RunInfo;
  readonly data: RunData;
  readonly inputs: RunInputs;
  readonly outputs: { readonly model_outputs: readonly ModelOutput[] };
}

export function toRunInfo(row: RunRow): RunInfo {
  return {
    run_id: row.run_uuid,
    run_uuid: row.run_uuid,
    run_name: row.name,
    experiment_id: String(row.experiment_id),
    user_id: row.user_id,
    status: row.status,
    start_time: row.start_time,
    ...(row.end_time === null ? {} : { end_time: row.end_time }),
    artifact_uri: row.artifact_uri,
    lifecycle_stage: row.lifecycle_stage,
  };
}
