// The public face of the workspace package: everything that others may use, and nothing else.

export type { ArtifactStore, FileInfo } from './artifacts/artifact-store.ts';
export type { Clock } from './clock.ts';
export type { CodeStore, StoredCode } from './code/code-store.ts';
export type { DataAsset } from './data/data-asset.ts';
export type { DataAssets } from './data/data-assets.ts';
export type { NewDataAsset } from './data/new-data-asset.ts';
export type { Database } from './database/database.ts';
export type { Migration } from './database/migrate.ts';
export type { WorkspaceDatabase } from './database/open-workspace-database.ts';
export type { WorkspaceTables } from './database/tables.ts';
export type { Datastore, DatastoreEntry, StoredFile } from './datastores/datastore.ts';
export {
  type Datastores,
  defaultDatastoreName,
  type ResolvedUri,
} from './datastores/datastores.ts';
export type { Environments, PreparedEnvironment } from './environments/environments.ts';
export { RidgelineError, type RidgelineErrorCode, ridgelineErrorCodes } from './errors.ts';
export type { CreateExperiment } from './experiments/check-experiment.ts';
export type { Experiment } from './experiments/experiment.ts';
export type { LifecycleStage } from './experiments/experiment-tables.ts';
export type { Experiments } from './experiments/experiments.ts';
export type { ExperimentSearch } from './experiments/search-experiments.ts';
export type { FileContent } from './files/confined-tree.ts';
export type { ByteSource, WrittenFile } from './files/durable-files.ts';
export type { Identity, Principal, StepTokenOwner } from './identity/identity.ts';
export type { KeyValue, KeyValues } from './key-values.ts';
export type { CreateVersion } from './models/check-version.ts';
export type { ModelVersion } from './models/model-version.ts';
export type { Models } from './models/models.ts';
export type { RegisteredModel, RegisteredModelAlias } from './models/registered-model.ts';
export type { CreateRegisteredModel } from './models/registered-models.ts';
export type { ModelSearch } from './models/search-models.ts';
export type { LogBatch, NewMetric } from './runs/check-batch.ts';
export { type CreateRun, parentRunTag } from './runs/create-run.ts';
export type { NewDatasetInput } from './runs/log-inputs.ts';
export type {
  Dataset,
  DatasetInput,
  Metric,
  Run,
  RunData,
  RunInfo,
  RunInputs,
} from './runs/run.ts';
export type { RunStatus } from './runs/run-tables.ts';
export type { Runs } from './runs/runs.ts';
export type { RunSearch } from './runs/search-runs.ts';
export type { UpdateRun } from './runs/update-run.ts';
export { runNameTag } from './runs/write-batch.ts';
export type { Page, PageRequest } from './search/page.ts';
export type { ViewType } from './search/view-type.ts';
export type { Secrets } from './secrets/secrets.ts';
export { type OpenWorkspaceOptions, openWorkspace, type Workspace } from './workspace.ts';
