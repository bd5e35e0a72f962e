// The public face of the endpoints package.

export type {
  DeploymentState,
  DeploymentView,
  Endpoint,
  EndpointFailure,
  EndpointKeys,
  EndpointSpec,
  KeyType,
  ProvisioningState,
} from './endpoint/endpoint.ts';
export type { EndpointWorkspace } from './endpoint-workspace.ts';
export { EndpointError, type EndpointErrorCode } from './errors.ts';
export type { GatewayAnswer, GatewayRequest, HeaderValues } from './gateway/gateway-message.ts';
export type { EndpointLimits } from './limits.ts';
export type { EndpointManager } from './manager/endpoint-manager.ts';
export { type EndpointManagerOptions, openEndpointManager } from './open-endpoint-manager.ts';
