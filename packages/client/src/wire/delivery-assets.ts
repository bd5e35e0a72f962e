// The shapes of what delivery pipelines use by name. Values of secrets are sent, and never given.

/** Which pipelines may use a group or a connection. */
export interface PipelinePermissions {
  /** Default false. */
  readonly allowAllPipelines?: boolean;
  readonly pipelines?: readonly string[];
}

/** A secret of a key vault elsewhere, read at each build. */
export interface VaultSecret {
  /** A service connection that may read the vault. */
  readonly connection: string;
  readonly vault: string;
  readonly secret: string;
}

export interface GroupVariableSpec {
  /** Of a secret that is there already: left out or null keeps it. */
  readonly value?: string | null;
  readonly isSecret?: boolean;
  /** The name of a secret of the workspace. */
  readonly workspaceSecret?: string;
  readonly vaultSecret?: VaultSecret;
}

export interface GroupVariable {
  /** Null for every secret. */
  readonly value: string | null;
  readonly isSecret: boolean;
  readonly workspaceSecret: string | null;
  readonly vaultSecret: VaultSecret | null;
}

export interface NewVariableGroup extends PipelinePermissions {
  readonly name: string;
  readonly description?: string;
  readonly variables?: Readonly<Record<string, GroupVariableSpec>>;
}

export interface VariableGroupChanges extends PipelinePermissions {
  readonly name?: string;
  readonly description?: string;
  /** Those that are named change; null deletes one. */
  readonly variables?: Readonly<Record<string, GroupVariableSpec | null>>;
}

export interface VariableGroup {
  readonly name: string;
  readonly description: string;
  readonly variables: Readonly<Record<string, GroupVariable>>;
  readonly allowAllPipelines: boolean;
  readonly pipelines: readonly string[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type ConnectionType = 'ridgeline' | 'azurerm' | 'dockerregistry' | 'kubernetes' | 'generic';

export interface NewServiceConnection extends PipelinePermissions {
  readonly name: string;
  readonly type: ConnectionType;
  readonly description?: string;
  readonly url?: string;
  /** Such as `ServicePrincipal`, `UsernamePassword`, `Token`; default: the type's first. */
  readonly scheme?: string;
  /** What it signs in with, secrets included. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, string>>;
  /** Save it without trying it. */
  readonly skipCheck?: boolean;
}

/** What is left out stays; null deletes a parameter or a fact. */
export interface ServiceConnectionChanges extends PipelinePermissions {
  readonly name?: string;
  readonly description?: string;
  readonly url?: string | null;
  readonly scheme?: string;
  readonly parameters?: Readonly<Record<string, string | null>>;
  readonly data?: Readonly<Record<string, string | null>>;
  readonly skipCheck?: boolean;
}

export interface ServiceConnection {
  readonly id: string;
  readonly name: string;
  readonly type: ConnectionType;
  readonly description: string;
  readonly url: string | null;
  readonly scheme: string;
  /** Null for every secret. */
  readonly parameters: Readonly<Record<string, string | null>>;
  readonly data: Readonly<Record<string, string>>;
  readonly allowAllPipelines: boolean;
  readonly pipelines: readonly string[];
  readonly check: ConnectionCheck;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ConnectionCheck {
  readonly status: 'Passed' | 'NotChecked';
  readonly message: string;
  readonly checkedAt: string;
}

/** What is left out stays; for another content, make another file. */
export interface SecureFileChanges extends PipelinePermissions {
  readonly name?: string;
  readonly description?: string;
}

export interface NewSecureFile extends SecureFileChanges {
  readonly name: string;
}

/** Its content is given to builds alone. */
export interface SecureFile {
  readonly name: string;
  readonly description: string;
  readonly sizeBytes: number;
  readonly allowAllPipelines: boolean;
  readonly pipelines: readonly string[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface EnvironmentMachine {
  readonly name: string;
  readonly type: 'VirtualMachine' | 'Kubernetes';
  readonly tags: readonly string[];
}

/** A check as it is sent: what is left out has a default. Each type has its own fields. */
export interface CheckSpec {
  readonly type:
    | 'approval'
    | 'branchControl'
    | 'requiredTemplate'
    | 'businessHours'
    | 'invokeRestApi'
    | 'exclusiveLock';
  /** Names of users and service principals; default: whoever is a contributor. */
  readonly approvers?: readonly string[];
  /** Default: all that are named, and one where none is. */
  readonly minimumApprovers?: number;
  /** One after the other, in the order of their names; default false. */
  readonly inSequence?: boolean;
  /** Whether who has queued the build may approve it; default true. */
  readonly allowSelfApproval?: boolean;
  readonly instructions?: string;
  readonly allowedBranches?: readonly string[];
  /** `PATH`, `PATH@REPOSITORY` or `PATH@REPOSITORY#REF`. */
  readonly requiredTemplates?: readonly string[];
  /** Of IANA; default `UTC`. */
  readonly timeZone?: string;
  /** Default: Monday to Friday. */
  readonly days?: ReadonlyArray<'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun'>;
  /** Default `09:00`. */
  readonly start?: string;
  /** Default `17:00`. */
  readonly end?: string;
  readonly timeoutMinutes?: number;
  /** A service connection: where the API lies, and how to sign in there. */
  readonly connection?: string;
  /** Default `POST`. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  readonly urlSuffix?: string;
  /** A JSON object. */
  readonly headers?: string;
  readonly body?: string;
  /** An expression over the answer, `root`. */
  readonly successCriteria?: string;
  /** 0: asked once; default 5. */
  readonly retryMinutes?: number;
}

export interface NewDeliveryEnvironment {
  readonly name: string;
  readonly description?: string;
  readonly checks?: readonly CheckSpec[];
  /** Its machines, the targets of a rolling deployment. */
  readonly resources?: readonly EnvironmentMachine[];
}

/** What is left out stays; a list replaces the earlier one. */
export type DeliveryEnvironmentChanges = Partial<NewDeliveryEnvironment>;

export interface DeliveryEnvironment {
  readonly name: string;
  readonly description: string;
  readonly checks: readonly CheckSpec[];
  readonly resources: readonly EnvironmentMachine[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One job of one build that has deployed. */
export interface EnvironmentDeployment {
  readonly environment: string;
  readonly buildId: number;
  readonly buildNumber: string;
  readonly pipeline: string;
  /** Empty of what an older server has deployed. */
  readonly commit: string;
  readonly stage: string;
  readonly job: string;
  readonly attempt: number;
  readonly requestedBy: string;
  readonly status:
    | 'InProgress'
    | 'Succeeded'
    | 'SucceededWithIssues'
    | 'Failed'
    | 'Canceled'
    | 'Skipped';
  readonly startedAt: string;
  readonly endedAt: string | null;
}
