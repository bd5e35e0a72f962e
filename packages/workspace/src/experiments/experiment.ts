// An experiment as MLflow's JSON has it, and how it is made from its rows.
import type { Selectable } from 'kysely';
import type { KeyValue } from '../key-values.ts';
import type { ExperimentsTable, LifecycleStage } from './experiment-tables.ts';

export interface Experiment {
  /** A whole number, as a string. */
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly lifecycle_stage: LifecycleStage;
  /** Milliseconds since the epoch. */
  readonly creation_time: number;
  readonly last_update_time: number;
  /** Sorted by key. */
  readonly tags: readonly KeyValue[];
}

export type ExperimentRow = Selectable<ExperimentsTable>;

export function toExperiment(row: ExperimentRow, tags: readonly KeyValue[]): Experiment {
  return {
    experiment_id: String(row.experiment_id),
    name: row.name,
    artifact_location: row.artifact_location ?? '',
    lifecycle_stage: row.lifecycle_stage,
    creation_time: row.creation_time,
    last_update_time: row.last_update_time,
    tags,
  };
}

/** The number that an id stands for, or null for a text that is the id of nothing. */
export function experimentNumber(id: string): number | null {
  return /^\d{1,15}$/.test(id) ? Number(id) : null;
}
