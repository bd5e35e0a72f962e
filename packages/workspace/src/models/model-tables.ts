// The rows of the model registry, named as MLflow names them.
import type { Selectable } from 'kysely';

export interface RegisteredModelsTable {
  readonly name: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly creation_time: number;
  readonly last_updated_time: number;
  readonly description: string | null;
}

/** Where the files of a version stand; here they are always there, as a version names a run's artifacts. */
export type ModelVersionStatus = 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';

export interface ModelVersionsTable {
  readonly name: string;
  readonly version: number;
  readonly creation_time: number;
  readonly last_updated_time: number;
  readonly description: string | null;
  readonly user_id: string | null;
  /** A stage, or `Deleted_Internal` for a version whose number stays taken after its deletion. */
  readonly current_stage: string;
  readonly source: string | null;
  readonly run_id: string | null;
  readonly run_link: string | null;
  readonly status: ModelVersionStatus;
  readonly status_message: string | null;
  /** Where the files are, if not at `source`: it names another model, whose files these are. */
  readonly storage_location: string | null;
}

export interface RegisteredModelTagsTable {
  readonly name: string;
  readonly key: string;
  readonly value: string;
}

export interface ModelVersionTagsTable {
  readonly name: string;
  readonly version: number;
  readonly key: string;
  readonly value: string;
}

export interface RegisteredModelAliasesTable {
  readonly name: string;
  readonly alias: string;
  readonly version: number;
}

export type ModelTables = {
  readonly registered_models: RegisteredModelsTable;
  readonly registered_model_tags: RegisteredModelTagsTable;
  readonly registered_model_aliases: RegisteredModelAliasesTable;
  readonly model_versions: ModelVersionsTable;
  readonly model_version_tags: ModelVersionTagsTable;
};

export type RegisteredModelRow = Selectable<RegisteredModelsTable>;
export type ModelVersionRow = Selectable<ModelVersionsTable>;
