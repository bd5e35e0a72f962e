// The shapes of an endpoint: a scoring address and the model versions behind it.

export interface EndpointSpec {
  /** `name:version` or `name@latest`. */
  readonly model: string;
  /** The snapshot that holds the scoring script. */
  readonly codeId?: string;
  /** The script's path inside that snapshot. */
  readonly scoringScript?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default "blue". */
  readonly deploymentName?: string;
  readonly environmentVariables?: Readonly<Record<string, string>>;
}

/** Why an endpoint is not what its spec says. */
export interface EndpointFailure {
  readonly code: string;
  readonly message: string;
  /** The tail of the failed process's own log; empty where it wrote nothing. */
  readonly details: string;
}

export interface EndpointDeployment {
  readonly name: string;
  readonly model: { readonly name: string; readonly version: string };
  readonly scoringScript: string | null;
  /** Share of the requests, in percent: 0 to 100. */
  readonly traffic: number;
  readonly state: 'Starting' | 'Ready' | 'Failed' | 'Stopped';
}

export interface Endpoint {
  readonly name: string;
  readonly provisioningState: 'Creating' | 'Updating' | 'Succeeded' | 'Failed' | 'Deleting';
  readonly scoringUri: string;
  readonly swaggerUri: string;
  readonly authMode: 'key';
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly deployments: readonly EndpointDeployment[];
  readonly error: EndpointFailure | null;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Both are accepted, so that one can be replaced while clients use the other. */
export interface EndpointKeys {
  readonly primaryKey: string;
  readonly secondaryKey: string;
}

export type KeyType = 'Primary' | 'Secondary';
