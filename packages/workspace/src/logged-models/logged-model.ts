// A logged model as MLflow's JSON has it: what a run has trained, before anybody gives it a name in
// the registry. Absent means not set; arrays are always there.
import type { KeyValue } from '../key-values.ts';
import type { Metric } from '../runs/run.ts';
import type { LoggedModelRow, LoggedModelStatus } from './logged-model-tables.ts';

export interface LoggedModelMetric extends Metric {
  readonly model_id: string;
  readonly run_id: string;
  readonly dataset_name?: string;
  readonly dataset_digest?: string;
}

export interface LoggedModelInfo {
  readonly model_id: string;
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_uri: string;
  /** Milliseconds since the epoch. */
  readonly creation_timestamp_ms: number;
  readonly last_updated_timestamp_ms: number;
  readonly model_type?: string;
  readonly source_run_id?: string;
  readonly status: LoggedModelStatus;
  readonly status_message?: string;
  /** Sorted by key, as params are. */
  readonly tags: readonly KeyValue[];
}

export interface LoggedModel {
  readonly info: LoggedModelInfo;
  readonly data: {
    readonly params: readonly KeyValue[];
    /** The latest 1,000 points, the oldest of them first. */
    readonly metrics: readonly LoggedModelMetric[];
  };
}

export interface LoggedModelParts {
  readonly tags: readonly KeyValue[];
  readonly params: readonly KeyValue[];
  readonly metrics: readonly LoggedModelMetric[];
}

/** Whether an id of artifacts is that of a logged model, and not of a run. */
export function isLoggedModelId(id: string): boolean {
  return /^m-[0-9a-f]{32}$/.test(id);
}

export function toLoggedModel(row: LoggedModelRow, parts: LoggedModelParts): LoggedModel {
  return {
    info: {
      model_id: row.model_id,
      experiment_id: String(row.experiment_id),
      name: row.name,
      artifact_uri: row.artifact_location,
      creation_timestamp_ms: row.creation_timestamp_ms,
      last_updated_timestamp_ms: row.last_updated_timestamp_ms,
      ...(row.model_type ? { model_type: row.model_type } : {}),
      ...(row.source_run_id ? { source_run_id: row.source_run_id } : {}),
      status: row.status,
      ...(row.status_message ? { status_message: row.status_message } : {}),
      tags: parts.tags,
    },
    data: { params: parts.params, metrics: parts.metrics },
  };
}
