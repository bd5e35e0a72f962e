// A model version as MLflow's JSON has it. Absent means not set; arrays are always there.
import type { KeyValue } from '../key-values.ts';
import type { ModelVersionRow, ModelVersionStatus } from './model-tables.ts';

export interface ModelVersion {
  readonly name: string;
  /** A whole number from 1, as a string. */
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly creation_timestamp: number;
  readonly last_updated_timestamp: number;
  readonly user_id?: string;
  /** `None`, `Staging`, `Production` or `Archived`: tags and aliases have taken their place. */
  readonly current_stage: string;
  readonly description?: string;
  /** Where the files are, such as `runs:/<run id>/model`. */
  readonly source: string;
  readonly run_id?: string;
  readonly run_link?: string;
  readonly status: ModelVersionStatus;
  readonly status_message?: string;
  /** Sorted by key. */
  readonly tags: readonly KeyValue[];
  /** Sorted. */
  readonly aliases: readonly string[];
}

/** The stage of a version that was deleted, but whose number must not be given to another. */
export const deletedStage = 'Deleted_Internal';

export function toModelVersion(
  row: ModelVersionRow,
  tags: readonly KeyValue[],
  aliases: readonly string[],
): ModelVersion {
  return {
    name: row.name,
    version: String(row.version),
    creation_timestamp: row.creation_time,
    last_updated_timestamp: row.last_updated_time,
    ...(row.user_id ? { user_id: row.user_id } : {}),
    current_stage: row.current_stage,
    ...(row.description ? { description: row.description } : {}),
    source: row.source ?? '',
    ...(row.run_id ? { run_id: row.run_id } : {}),
    ...(row.run_link ? { run_link: row.run_link } : {}),
    status: row.status,
    ...(row.status_message ? { status_message: row.status_message } : {}),
    tags,
    aliases,
  };
}
