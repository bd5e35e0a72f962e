// The rows of logged models, named as MLflow names them.
import type { Selectable } from 'kysely';
import type { LifecycleStage } from '../experiments/experiment-tables.ts';
import type { BooleanColumn } from '../runs/run-tables.ts';

export const loggedModelStatuses = ['UNSPECIFIED', 'PENDING', 'READY', 'FAILED'] as const;
export type LoggedModelStatus = (typeof loggedModelStatuses)[number];

export interface LoggedModelsTable {
  /** `m-` and 32 hexadecimal digits. */
  readonly model_id: string;
  readonly experiment_id: number;
  readonly name: string;
  readonly artifact_location: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly creation_timestamp_ms: number;
  readonly last_updated_timestamp_ms: number;
  readonly status: LoggedModelStatus;
  readonly lifecycle_stage: LifecycleStage;
  readonly model_type: string | null;
  readonly source_run_id: string | null;
  readonly status_message: string | null;
}

/** A param or a tag. */
export interface LoggedModelKeyValuesTable {
  readonly model_id: string;
  readonly key: string;
  readonly value: string;
}

/** A metric's point that a run has logged for the model; NaN is 0 with `is_nan`. */
export interface LoggedModelMetricsTable {
  readonly model_id: string;
  readonly key: string;
  readonly value: number;
  readonly is_nan: BooleanColumn;
  readonly timestamp: number;
  readonly step: number;
  readonly run_id: string;
  /** Of the data that it was measured on. */
  readonly dataset_name: string | null;
  readonly dataset_digest: string | null;
}

export type LoggedModelTables = {
  readonly logged_models: LoggedModelsTable;
  readonly logged_model_params: LoggedModelKeyValuesTable;
  readonly logged_model_tags: LoggedModelKeyValuesTable;
  readonly logged_model_metrics: LoggedModelMetricsTable;
};

export type LoggedModelRow = Selectable<LoggedModelsTable>;
