// The rows of runs and of what is logged to them, named as MLflow names them.
import type { ColumnType, Generated, Selectable } from 'kysely';
import { type LifecycleStage, lifecycleStages } from '../experiments/experiment-tables.ts';

export const runStatuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** A boolean, which SQLite gives back as 0 or 1. */
export type BooleanColumn = ColumnType<boolean | 0 | 1, boolean, boolean>;

/**
 * Those of runs that are there. One that is 'removing' is gone for all who read, and only its points
 * are still to be removed: see ../gc.
 */
export const stagesThere = lifecycleStages;

export interface RunsTable {
  readonly run_uuid: string;
  readonly name: string;
  readonly source_type: string;
  readonly source_name: string;
  readonly entry_point_name: string;
  readonly user_id: string;
  readonly status: RunStatus;
  /** Milliseconds since the epoch, as all times here. */
  readonly start_time: number;
  readonly end_time: number | null;
  readonly deleted_time: number | null;
  readonly source_version: string;
  readonly lifecycle_stage: ColumnType<LifecycleStage, LifecycleStage, LifecycleStage | 'removing'>;
  readonly artifact_uri: string;
  readonly experiment_id: number;
}

/** A metric's point. NaN is 0 with `is_nan`; an infinity is the largest double of its sign. */
export interface MetricPointsTable {
  readonly series: number;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly is_nan: BooleanColumn;
}

/** What searches look for: each row has the experiment of its run, too. */
interface OfExperiment {
  readonly experiment_id: number;
}

/** One row for each metric of each run. */
export interface LatestMetricsTable extends MetricPointsTable, OfExperiment {
  readonly run_uuid: string;
  readonly key: string;
}

/** One row. */
export interface MetricSeriesTable {
  /** The number of the series that was begun last; none is given twice. */
  readonly last: number;
}

/** A param or a tag. */
export interface RunKeyValuesTable extends OfExperiment {
  readonly run_uuid: string;
  readonly key: string;
  readonly value: string;
}

export interface DatasetsTable {
  readonly dataset_uuid: string;
  readonly experiment_id: number;
  readonly name: string;
  readonly digest: string;
  readonly dataset_source_type: string;
  readonly dataset_source: string;
  readonly dataset_schema: string | null;
  readonly dataset_profile: string | null;
}

/** An arrow: from a dataset to the run that took it in, from a run to the models it used and made. */
export interface InputsTable {
  readonly input_uuid: string;
  readonly source_type: string;
  readonly source_id: string;
  readonly destination_type: string;
  readonly destination_id: string;
  /** Of the run at which it put out a model; else 0. */
  readonly step: Generated<number>;
}

export interface InputTagsTable {
  readonly input_uuid: string;
  readonly name: string;
  readonly value: string;
}

export type RunTables = {
  readonly runs: RunsTable;
  readonly metric_points: MetricPointsTable;
  /** The point of each metric that counts as its value: greatest step, then time, then value. */
  readonly latest_metrics: LatestMetricsTable;
  readonly metric_series: MetricSeriesTable;
  readonly params: RunKeyValuesTable;
  readonly tags: RunKeyValuesTable;
  readonly datasets: DatasetsTable;
  readonly inputs: InputsTable;
  readonly input_tags: InputTagsTable;
};

export type RunRow = Selectable<RunsTable>;
/** What every logged value has of its run. */
export type RunKey = Pick<RunRow, 'run_uuid' | 'experiment_id'>;
