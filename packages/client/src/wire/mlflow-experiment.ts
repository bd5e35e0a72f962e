// MLflow's shapes of an experiment, as they travel: snake_case, identifiers as strings.

import type { MlflowTag } from './mlflow-run.ts';

/** One experiment: the named group that runs belong to. */
export interface MlflowExperiment {
  readonly experiment_id: string;
  readonly name: string;
  /** Where the artifacts of its runs live, e.g. `mlflow-artifacts:/1`. */
  readonly artifact_location: string;
  readonly lifecycle_stage: 'active' | 'deleted';
  /** Milliseconds since 1970 UTC. */
  readonly creation_time?: number;
  /** Milliseconds since 1970 UTC. */
  readonly last_update_time?: number;
  readonly tags?: readonly MlflowTag[];
}

/** The question of `experiments/search`. */
export interface MlflowExperimentSearch {
  readonly filter?: string;
  /** 1 or more; the server's default is 1000. */
  readonly max_results?: number;
  readonly order_by?: readonly string[];
  readonly page_token?: string;
  readonly view_type?: 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';
}

/** One page of experiments; `next_page_token` is absent on the last page. */
export interface MlflowExperimentPage {
  readonly experiments?: readonly MlflowExperiment[];
  readonly next_page_token?: string;
}
