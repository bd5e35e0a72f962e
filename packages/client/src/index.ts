// The public face: the client of the HTTP API, the current run, and the shapes that travel.

export { AgentConnection, type AgentFile } from './api/agent-connection.ts';
export type { ChangeWatch } from './api/change-watch.ts';
export type { InvokeOptions } from './api/endpoints-api.ts';
export type { EventOptions, EventsApi } from './api/events-api.ts';
export type { FollowOptions, LogPiece } from './api/follow-log.ts';
export type { NewModelVersion } from './api/models-api.ts';
export type { PermissionThing } from './api/permissions-api.ts';
export type { PollOptions } from './api/poll.ts';
export type { RunBatch } from './api/run-batches.ts';
export type { NewRun, RunUpdate } from './api/runs-api.ts';
export type { ActiveRun, MetricOptions, ParamValue } from './current-run/active-run.ts';
export { verdictTag } from './current-run/active-run.ts';
export { currentRun } from './current-run/current-run.ts';
export { OfflineRun } from './current-run/offline-run.ts';
export { clientFromEnvironment, type Environment } from './environment.ts';
export { ApiError, type ApiErrorFields, type ClientErrorCode, hasCode } from './errors.ts';
export type { TokenSource } from './http/http-client.ts';
export type { Clock } from './http/retry.ts';
export {
  authorizationServerOf,
  beginDeviceSignIn,
  clientCredentialsTokens,
  type DeviceSignIn,
  type OAuthTokens,
  pollDeviceSignIn,
  refreshTokens,
  revokeTokens,
} from './oauth/sign-in.ts';
export { RidgelineClient, type RidgelineClientOptions } from './ridgeline-client.ts';
export type * from './wire/agent.ts';
export type * from './wire/build.ts';
export type * from './wire/component.ts';
export type * from './wire/compute.ts';
export type * from './wire/data-asset.ts';
export type * from './wire/datastore.ts';
export type * from './wire/delivery-assets.ts';
export type * from './wire/delivery-pipeline.ts';
export type * from './wire/endpoint.ts';
export type * from './wire/environment.ts';
export type * from './wire/event.ts';
export type * from './wire/found-or-made.ts';
export type * from './wire/gc.ts';
export type * from './wire/identity.ts';
export type * from './wire/job.ts';
export { isEnded } from './wire/job.ts';
export type * from './wire/lineage.ts';
export type * from './wire/mlflow-experiment.ts';
export type * from './wire/mlflow-model.ts';
export type * from './wire/mlflow-run.ts';
export { toMap } from './wire/mlflow-values.ts';
export type * from './wire/permission.ts';
export type * from './wire/pipeline.ts';
export type * from './wire/schedule.ts';
export type * from './wire/stored-file.ts';
export type * from './wire/webhook.ts';
