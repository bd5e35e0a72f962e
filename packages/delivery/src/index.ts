// The face of the package.
export { DeliveryAssets, type DeliveryAssetsOptions } from './assets/delivery-assets.ts';
export { type Approver, refusalOf } from './assets/environments/approver.ts';
export {
  type ApprovalAnswer,
  type CheckFacts,
  type CheckOutlook,
  decideChecks,
} from './assets/environments/decide-checks.ts';
export {
  type DeliveryEnvironment,
  type DeliveryEnvironmentChanges,
  type Deployment,
  type DeploymentRecord,
  type DeploymentStatus,
  deploymentStatuses,
  type NewDeliveryEnvironment,
} from './assets/environments/delivery-environment.ts';
export type { DeliveryEnvironments } from './assets/environments/delivery-environments.ts';
export {
  type ApprovalCheck,
  type BranchControl,
  type BusinessDay,
  type BusinessHours,
  businessDays,
  type CheckSpec,
  checkTypes,
  type EnvironmentCheck,
  type ExclusiveLock,
} from './assets/environments/environment-check.ts';
export {
  type ConnectionCheck,
  type ConnectionType,
  connectionTypes,
  type NewServiceConnection,
  type ServiceConnectionChanges,
  type ServiceConnectionInfo,
} from './assets/service-connections/service-connection-info.ts';
export type { ServiceConnections } from './assets/service-connections/service-connections.ts';
export type {
  GroupVariable,
  GroupVariableSpec,
  NewVariableGroup,
  PipelinePermissions,
  VariableGroup,
  VariableGroupChanges,
  VaultSecret,
} from './assets/variable-groups/variable-group.ts';
export type { VariableGroups } from './assets/variable-groups/variable-groups.ts';
export {
  type Approval,
  type ApprovalDecision,
  type ApprovalKind,
  type ApprovalState,
  type Build,
  type BuildArtifact,
  type BuildCoverage,
  type BuildEvent,
  type BuildIssue,
  type BuildJob,
  type BuildJobState,
  type BuildReason,
  type BuildStage,
  type BuildStagePhase,
  type BuildStatus,
  type BuildStep,
  type BuildSummary,
  type BuildTests,
  buildReasons,
  buildStatuses,
  type LogLines,
} from './builds/build.ts';
export { type BuildAssets, noAssets } from './builds/build-assets.ts';
export { BuildEngine, type BuildEngineOptions } from './builds/build-engine.ts';
export type {
  BuildFilter,
  BuildRequest,
} from './builds/build-request.ts';
export type { Builds, EventFilter } from './builds/builds.ts';
export type { DeliveryPipelines } from './builds/definitions/delivery-pipelines.ts';
export type {
  DefinitionVariable,
  DeliveryPipeline,
  DeliveryPipelineChanges,
  NewDefinitionVariable,
  NewDeliveryPipeline,
  RepositoryPlace,
} from './builds/delivery-pipeline.ts';
export type { JobToken, TokenOwner } from './builds/run/build-surroundings.ts';
export { Delivery, type DeliveryOptions } from './delivery.ts';
export { DeliveryError, type DeliveryErrorCode } from './errors.ts';
export { isJobToken } from './job-tokens.ts';
export type { TriggerState } from './triggers/describe-triggers.ts';
export type { TriggerEvent } from './triggers/trigger-event.ts';
