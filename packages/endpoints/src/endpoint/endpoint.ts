// What the outside sees of an endpoint: the shapes of the HTTP API. Holds no logic.

export type ProvisioningState = 'Creating' | 'Updating' | 'Succeeded' | 'Failed' | 'Deleting';
export type DeploymentState = 'Starting' | 'Ready' | 'Failed' | 'Stopped';

/** What a caller wants an endpoint to be; a later spec replaces the earlier one as a whole. */
export interface EndpointSpec {
  /** `name:version` or `name@latest`; `latest` is resolved once, when the spec arrives. */
  readonly model: string;
  /** Id of stored code (64 hex digits); needs `scoringScript`. Default: the model alone scores. */
  readonly codeId?: string | undefined;
  /** Path of the scoring script inside the code, such as `scoring/score.ts`; needs `codeId`. */
  readonly scoringScript?: string | undefined;
  /** Default: empty. */
  readonly description?: string | undefined;
  /** Default: none. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** 3 to 32 letters, digits and hyphens, letter first; default `blue`. */
  readonly deploymentName?: string | undefined;
  /** Given to the scoring process; kept as plain text, so not for secrets. */
  readonly environmentVariables?: Readonly<Record<string, string>> | undefined;
}

export interface EndpointFailure {
  readonly code: string;
  readonly message: string;
  /** The tail of the failed instance's own log; empty when it wrote nothing. */
  readonly details: string;
}

export interface DeploymentView {
  readonly name: string;
  readonly model: { readonly name: string; readonly version: string };
  readonly scoringScript: string | null;
  /** Percent of the endpoint's requests that it gets, an integer from 0 to 100. */
  readonly traffic: number;
  readonly state: DeploymentState;
}

export interface Endpoint {
  readonly name: string;
  readonly provisioningState: ProvisioningState;
  readonly scoringUri: string;
  readonly swaggerUri: string;
  readonly authMode: 'key';
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The one with traffic first; an update in progress or failed follows with traffic 0. */
  readonly deployments: readonly DeploymentView[];
  readonly error: EndpointFailure | null;
  /** UTC ISO time. */
  readonly createdAt: string;
  /** UTC ISO time of the last change of spec or state. */
  readonly updatedAt: string;
}

export type KeyType = 'Primary' | 'Secondary';

export interface EndpointKeys {
  readonly primaryKey: string;
  readonly secondaryKey: string;
}
