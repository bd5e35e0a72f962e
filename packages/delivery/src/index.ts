// The face of the package.

export {
  businessDays,
  type CheckSpec,
  checkTypes,
  type EnvironmentCheck,
  restMethods,
} from '@ridgeline/azure-pipelines';
export type {
  Agent,
  AgentChanges,
  AgentFacts,
  AgentJob,
  AgentState,
  NewAgent,
  RegisteredAgent,
} from './agents/agent.ts';
export type { AgentCall, CallAnswer, SentFiles } from './agents/agent-call.ts';
export type { AgentConnections } from './agents/agent-connections.ts';
export { isAgentCredential } from './agents/agent-credential.ts';
export type { OpenedSession } from './agents/agent-polls.ts';
export type { AgentRow } from './agents/agent-registry.ts';
export type { Agents } from './agents/agents.ts';
export type { JobOffer, Poll, PollAnswer } from './agents/poll-answer.ts';
export type { LogPart, StepReport } from './agents/step-reports.ts';
export { DeliveryAssets, type DeliveryAssetsOptions } from './assets/delivery-assets.ts';
export { type Approver, refusalOf } from './assets/environments/approver.ts';
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
export type { PipelinePermissions } from './assets/pipeline-permissions.ts';
export type {
  NewSecureFile,
  SecureFile,
  SecureFileChanges,
} from './assets/secure-files/secure-file.ts';
export type { SecureFiles } from './assets/secure-files/secure-files.ts';
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
  VariableGroup,
  VariableGroupChanges,
  VaultSecret,
} from './assets/variable-groups/variable-group.ts';
export type { VariableGroups } from './assets/variable-groups/variable-groups.ts';
export type {
  Approval,
  ApprovalDecision,
  ApprovalKind,
  ApprovalState,
} from './builds/approval.ts';
export {
  type Build,
  type BuildCoverage,
  type BuildIssue,
  type BuildReason,
  type BuildStage,
  type BuildStagePhase,
  type BuildStatus,
  type BuildSummary,
  type BuildTests,
  buildReasons,
  buildStatuses,
} from './builds/build.ts';
export { type BuildAssets, noAssets } from './builds/build-assets.ts';
export { BuildEngine } from './builds/build-engine.ts';
export type { BuildEvent } from './builds/build-event.ts';
export type { BuildArtifact, LogLines } from './builds/build-files.ts';
export type { BuildJob, BuildJobState, BuildStep } from './builds/build-job.ts';
export type {
  BuildFilter,
  BuildRequest,
} from './builds/build-request.ts';
export type { Builds } from './builds/builds.ts';
export type { DeliveryPipelines } from './builds/definitions/delivery-pipelines.ts';
export type {
  DefinitionVariable,
  DeliveryPipeline,
  DeliveryPipelineChanges,
  NewDefinitionVariable,
  NewDeliveryPipeline,
  RepositoryPlace,
} from './builds/delivery-pipeline.ts';
export type { BuildEngineOptions } from './builds/engine-parts.ts';
export type { EventFilter } from './builds/list-events.ts';
export type { AskedPullRequest } from './builds/pull-request.ts';
export type { JobToken, TokenOwner } from './builds/run/build-surroundings.ts';
export { Delivery, type DeliveryOptions } from './delivery.ts';
export { DeliveryError, type DeliveryErrorCode } from './errors.ts';
export { isJobToken } from './job-tokens.ts';
export type { TriggerState } from './triggers/describe-triggers.ts';
export type { HookAnswer, IncomingHook } from './triggers/hooks/hook-receiver.ts';
export type { TriggerEvent } from './triggers/trigger-event.ts';
