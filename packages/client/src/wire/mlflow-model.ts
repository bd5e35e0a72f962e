// MLflow's shapes of a registered model and of its versions, as they travel.

import type { MlflowTag } from './mlflow-run.ts';

export interface MlflowModelAlias {
  readonly alias: string;
  readonly version: string;
}

export interface MlflowModelVersion {
  readonly name: string;
  /** An integer from 1, as text. */
  readonly version: string;
  /** Milliseconds since 1970 UTC. */
  readonly creation_timestamp: number;
  /** Milliseconds since 1970 UTC. */
  readonly last_updated_timestamp?: number;
  readonly current_stage?: string;
  readonly description?: string;
  /** Where its files came from, e.g. `runs:/<run id>/outputs/model`. */
  readonly source: string;
  readonly run_id?: string;
  readonly status: 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';
  readonly status_message?: string;
  readonly tags?: readonly MlflowTag[];
  readonly aliases?: readonly string[];
}

export interface MlflowRegisteredModel {
  readonly name: string;
  /** Milliseconds since 1970 UTC. */
  readonly creation_timestamp: number;
  /** Milliseconds since 1970 UTC. */
  readonly last_updated_timestamp?: number;
  readonly description?: string;
  readonly latest_versions?: readonly MlflowModelVersion[];
  readonly tags?: readonly MlflowTag[];
  readonly aliases?: readonly MlflowModelAlias[];
}

/** The question of `registered-models/search` and of `model-versions/search`. */
export interface MlflowModelSearch {
  /** e.g. `name = 'churn' and tags.area = 'sales'`. */
  readonly filter?: string;
  readonly max_results?: number;
  readonly order_by?: readonly string[];
  readonly page_token?: string;
}

/** One page of models; `next_page_token` is absent on the last page. */
export interface MlflowRegisteredModelPage {
  readonly registered_models?: readonly MlflowRegisteredModel[];
  readonly next_page_token?: string;
}

/** One page of versions; `next_page_token` is absent on the last page. */
export interface MlflowModelVersionPage {
  readonly model_versions?: readonly MlflowModelVersion[];
  readonly next_page_token?: string;
}
