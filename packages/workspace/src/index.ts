// The public face of the workspace package: everything that others may use, and nothing else.

export type { ArtifactStore, FileInfo, SignedArtifact } from './artifacts/artifact-store.ts';
export {
  maxParts,
  type PartUpload,
  type PartUploads,
  uploadSeconds,
} from './artifacts/part-uploads.ts';
export {
  type Change,
  type ChangeKind,
  type ChangeSink,
  changeKinds,
  type LogChange,
  silent,
} from './changes/change.ts';
export type { ChangeFeed } from './changes/change-feed.ts';
export { type ChangeFilter, type ChangeTest, changeTest } from './changes/change-filter.ts';
export type { ChangeReader, ReadChange } from './changes/change-reader.ts';
export { LogWatches, type WatchedLog } from './changes/log-watches.ts';
export type { Clock } from './clock.ts';
export type { CodeStore, StoredCode } from './code/code-store.ts';
export { compileCacheVariable } from './compile-cache.ts';
export type { Component, ComponentSummary, ComponentText } from './components/component.ts';
export type { Components, FoundOrMadeComponent } from './components/components.ts';
export type { NewComponent } from './components/new-component.ts';
export type { ComputeChanges, NewCompute } from './computes/check-compute.ts';
export {
  type Compute,
  type ComputeKind,
  type ComputeSettings,
  type ComputeTier,
  localComputeName,
} from './computes/compute.ts';
export type { Computes, FoundOrMadeCompute } from './computes/computes.ts';
export type { DataAsset } from './data/data-asset.ts';
export type { DataAssets } from './data/data-assets.ts';
export type { DataAssetType } from './data/data-tables.ts';
export type { NewDataAsset } from './data/new-data-asset.ts';
export type { Database } from './database/database.ts';
export type { EngineLease } from './database/engine-lease.ts';
export type { Migration } from './database/migrate.ts';
export type { WorkspaceDatabase } from './database/open-workspace-database.ts';
export type { WorkspaceTables } from './database/tables.ts';
export type { Datastore, DatastoreEntry, StoredFile } from './datastores/datastore.ts';
export type { CloudStorage, CloudStorageType, DatastoreInfo } from './datastores/datastore-info.ts';
export {
  type Datastores,
  defaultDatastoreName,
  type FoundOrMadeDatastore,
  type ResolvedUri,
} from './datastores/datastores.ts';
export type { NewDatastore } from './datastores/new-datastore.ts';
export type { CondaFile } from './environments/conda/read-conda-file.ts';
export type { Environment } from './environments/environment.ts';
export type {
  Environments,
  PreparedEnvironment,
  PrepareOptions,
  ResolvedEnvironment,
} from './environments/environments.ts';
export type { EnvironmentDefinition, NewEnvironment } from './environments/new-environment.ts';
export { RidgelineError, type RidgelineErrorCode, ridgelineErrorCodes } from './errors.ts';
export type { CreateExperiment } from './experiments/check-experiment.ts';
export type { Experiment } from './experiments/experiment.ts';
export type { LifecycleStage } from './experiments/experiment-tables.ts';
export type { Experiments } from './experiments/experiments.ts';
export type { ExperimentSearch } from './experiments/search-experiments.ts';
export { isPassingFault } from './faults/passing-fault.ts';
export { pauseAfter, Resumption } from './faults/resumption.ts';
export type { ByteRange } from './files/byte-range.ts';
export type { FileContent } from './files/confined-tree.ts';
export { isDiskFull } from './files/disk-full.ts';
export type { ByteSource, WrittenFile } from './files/durable-files.ts';
export type { GarbageReport } from './gc/garbage-collector.ts';
export type { AccessToken, NewAccessToken, TokenOwner } from './identity/access-tokens.ts';
export type { ClientCredential, NewCredential } from './identity/client-credentials.ts';
export type { Identity, StepTokenOwner } from './identity/identity.ts';
export type { Issuer, NewIssuer } from './identity/issuers.ts';
export { nameKey } from './identity/member-name.ts';
export type { OAuthRecord, OAuthRecordKeys, OAuthRecords } from './identity/oauth-records.ts';
export { admin, type Member, type Principal, type StepPrincipal } from './identity/principal.ts';
export { includesRole, type Role, roles } from './identity/role.ts';
export type { NewServicePrincipal, ServicePrincipal } from './identity/service-principals.ts';
export type { TryCounter } from './identity/sign-in-tries.ts';
export type { Invitation, NewUser, User } from './identity/users.ts';
export type { KeyValue, KeyValues } from './key-values.ts';
export type {
  DataLineage,
  LineageBuild,
  LineageDataset,
  LineageGit,
  LineageLoggedModel,
  LineageRun,
  ModelLineage,
  VersionRef,
} from './lineage/lineage.ts';
export type { Lineages } from './lineage/lineages.ts';
export type { RunSource } from './lineage/run-sources.ts';
export type { CreateLoggedModel } from './logged-models/check-logged-model.ts';
export {
  isLoggedModelId,
  type LoggedModel,
  type LoggedModelInfo,
  type LoggedModelMetric,
} from './logged-models/logged-model.ts';
export {
  type LoggedModelStatus,
  loggedModelStatuses,
} from './logged-models/logged-model-tables.ts';
export type { LoggedModels } from './logged-models/logged-models.ts';
export type { LoggedModelOrder } from './logged-models/order-logged-models.ts';
export type { LoggedModelSearch } from './logged-models/search-logged-models.ts';
export type { CreateVersion } from './models/check-version.ts';
export { artifactOf, type StoredArtifact, versionOf } from './models/model-source.ts';
export type { ModelVersion } from './models/model-version.ts';
export type { Models } from './models/models.ts';
export type { RegisteredModel, RegisteredModelAlias } from './models/registered-model.ts';
export type { CreateRegisteredModel } from './models/registered-models.ts';
export type { ModelSearch } from './models/search-models.ts';
export type { SignedAddress, UploadedPart } from './object-store/object-store.ts';
export { isShownExperiment } from './permissions/hidden.ts';
export {
  checkPermission,
  isLowerThanRole,
  type Permission,
  permissionAllows,
  permissions,
  type Right,
  roleAllows,
  roleAsPermission,
} from './permissions/permission.ts';
export type { Permissions } from './permissions/permissions.ts';
export {
  describeThing,
  type Grant,
  type HiddenThings,
  nothingHidden,
  type Thing,
} from './permissions/thing.ts';
export type { LogBatch, NewMetric } from './runs/check-batch.ts';
export { type CreateRun, parentRunTag } from './runs/create-run.ts';
export type { DatasetSummary } from './runs/dataset-summaries.ts';
export type { NewDatasetInput } from './runs/log-inputs.ts';
export type { NewModelOutput } from './runs/log-models.ts';
export type { MetricOfRun } from './runs/metric-sample.ts';
export type {
  Dataset,
  DatasetInput,
  Metric,
  ModelInput,
  ModelOutput,
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
export { userSecretName } from './secrets/user-secrets.ts';
export type { NewWebhook } from './webhooks/check-webhook.ts';
export { webhookSignature } from './webhooks/post-webhook.ts';
export type { WebhookTestResult } from './webhooks/try-webhook.ts';
export type { Webhook } from './webhooks/webhook.ts';
export {
  type WebhookAction,
  type WebhookEntity,
  type WebhookEvent,
  webhookActions,
  webhookEntities,
} from './webhooks/webhook-events.ts';
export type { WebhookFailure } from './webhooks/webhook-sender.ts';
export { type WebhookStatus, webhookStatuses } from './webhooks/webhook-tables.ts';
export type { Webhooks } from './webhooks/webhooks.ts';
export { type OpenWorkspaceOptions, openWorkspace, type Workspace } from './workspace.ts';
