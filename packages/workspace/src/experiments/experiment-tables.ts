// The rows of experiments, named as MLflow names them.
import type { Generated } from 'kysely';

export const lifecycleStages = ['active', 'deleted'] as const;
export type LifecycleStage = (typeof lifecycleStages)[number];

export interface ExperimentsTable {
  readonly experiment_id: Generated<number>;
  readonly name: string;
  readonly artifact_location: string | null;
  readonly lifecycle_stage: LifecycleStage;
  /** Milliseconds since the epoch, as all times here. */
  readonly creation_time: number;
  readonly last_update_time: number;
}

export interface ExperimentTagsTable {
  readonly experiment_id: number;
  readonly key: string;
  readonly value: string;
}

export type ExperimentTables = {
  readonly experiments: ExperimentsTable;
  readonly experiment_tags: ExperimentTagsTable;
};
