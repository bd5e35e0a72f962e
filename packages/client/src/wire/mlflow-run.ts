// MLflow's shapes of a run and of what is logged on it, as they travel.

export type MlflowRunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

/** A key with a text. A tag overwrites; its value may be up to 5000 characters. */
export interface MlflowTag {
  readonly key: string;
  readonly value: string;
}

/** A key with a text. A parameter is write-once; the same value again is fine. */
export interface MlflowParam {
  readonly key: string;
  readonly value: string;
}

/** A number on the wire: JSON has no word for these three, so they travel as text. */
export type WireNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** One observation of a metric. */
export interface MlflowMetric {
  readonly key: string;
  readonly value: WireNumber;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
  /** 0 or more; 0 where the metric has no steps. */
  readonly step: number;
}

export interface MlflowRunInfo {
  /** 32 hexadecimal digits. */
  readonly run_id: string;
  readonly run_uuid?: string;
  readonly run_name: string;
  readonly experiment_id: string;
  readonly user_id?: string;
  readonly status: MlflowRunStatus;
  /** Milliseconds since 1970 UTC. */
  readonly start_time: number;
  /** Milliseconds since 1970 UTC; absent or null while the run goes on. */
  readonly end_time?: number | null;
  /** e.g. `mlflow-artifacts:/<experiment id>/<run id>/artifacts`. */
  readonly artifact_uri: string;
  readonly lifecycle_stage: 'active' | 'deleted';
}

/** What was logged; `metrics` holds the latest observation of each key. */
export interface MlflowRunData {
  readonly metrics?: readonly MlflowMetric[];
  readonly params?: readonly MlflowParam[];
  readonly tags?: readonly MlflowTag[];
}

/** A data set that a run read. */
export interface MlflowDatasetInput {
  readonly tags?: readonly MlflowTag[];
  readonly dataset: {
    readonly name: string;
    readonly digest: string;
    readonly source_type: string;
    readonly source: string;
    readonly schema?: string;
    readonly profile?: string;
  };
}

export interface MlflowRun {
  readonly info: MlflowRunInfo;
  readonly data: MlflowRunData;
  readonly inputs?: { readonly dataset_inputs?: readonly MlflowDatasetInput[] };
}

/** The question of `runs/search`. */
export interface MlflowRunSearch {
  readonly experiment_ids: readonly string[];
  /** e.g. `metrics.mse < 3500 and tags.run_type = 'train'`. */
  readonly filter?: string;
  readonly run_view_type?: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';
  /** 1 to 50000; the server's default is 1000. */
  readonly max_results?: number;
  readonly order_by?: readonly string[];
  readonly page_token?: string;
}

/** One page of runs; `next_page_token` is absent on the last page. */
export interface MlflowRunPage {
  readonly runs?: readonly MlflowRun[];
  readonly next_page_token?: string;
}

/** One page of a metric's history; `next_page_token` is absent on the last page. */
export interface MlflowMetricPage {
  readonly metrics?: readonly MlflowMetric[];
  readonly next_page_token?: string;
}

/** One file or folder among a run's artifacts; `path` is relative to the run's artifact root. */
export interface MlflowFileInfo {
  readonly path: string;
  readonly is_dir: boolean;
  /** Bytes; absent for a folder. */
  readonly file_size?: number;
}
