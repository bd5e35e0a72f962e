// The shapes of a delivery pipeline: a name for an Azure Pipelines YAML file of a repository.

export interface DeliveryPipeline {
  /** A number, from 1. */
  readonly id: string;
  readonly name: string;
  readonly repository: RepositoryPlace;
  readonly yamlPath: string;
  readonly variables: readonly DefinitionVariable[];
  /** Alias of `resources.repositories` → where it lies. */
  readonly repositories: Readonly<Record<string, RepositoryPlace>>;
  /** A disabled one starts no builds. */
  readonly enabled: boolean;
  /** How many completed builds are kept. */
  readonly keepBuilds: number;
  /** Whether pull requests from forks start builds, which get no secrets. */
  readonly buildForks: boolean;
  /** When the secret of its hooks was made; null: it takes none. */
  readonly hookSecretAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly createdBy: string;
}

export interface RepositoryPlace {
  /** A folder on the server's machine, or a git address. */
  readonly location: string;
  /** The default branch. */
  readonly branch: string;
}

export interface DefinitionVariable {
  readonly name: string;
  /** Empty for a secret. */
  readonly value: string;
  readonly isSecret: boolean;
  /** Whether a build may be queued with another value. */
  readonly allowOverride: boolean;
}

export interface NewDeliveryPipeline {
  readonly name: string;
  readonly repository: NewRepositoryPlace;
  /** Default `azure-pipelines.yml`. */
  readonly yamlPath?: string;
  readonly variables?: readonly NewDefinitionVariable[];
  readonly repositories?: Readonly<Record<string, NewRepositoryPlace>>;
  readonly enabled?: boolean;
  readonly keepBuilds?: number;
  /** Default false. */
  readonly buildForks?: boolean;
}

export interface NewRepositoryPlace {
  readonly location: string;
  readonly branch?: string;
}

export interface NewDefinitionVariable {
  readonly name: string;
  /** Of a secret that is there already: left out, it stays. */
  readonly value?: string;
  readonly isSecret?: boolean;
  readonly allowOverride?: boolean;
}

/** What is left out stays. */
export type DeliveryPipelineChanges = Partial<NewDeliveryPipeline>;

/** What its triggers have seen. */
export interface TriggerState {
  /** What happens from then on counts; null: nobody has looked yet. */
  readonly watchedSince: string | null;
  /** The newest first. */
  readonly events: readonly TriggerEvent[];
  /** Why the last look at its repository failed. */
  readonly error: TriggerError | null;
}

export interface TriggerEvent {
  readonly id: string;
  readonly kind: 'push' | 'pullRequest' | 'schedule' | 'completion' | 'webhook';
  readonly status: 'Pending' | 'Queued' | 'Failed';
  readonly branch: string;
  /** Empty: the newest of the branch. */
  readonly commit: string;
  readonly reason: 'IndividualCI' | 'BatchedCI' | 'Schedule' | 'PullRequest' | 'ResourceTrigger';
  /** Why, as a sentence. */
  readonly why: string;
  readonly notedAt: string;
  readonly buildId: string | null;
  readonly error: TriggerError | null;
}

export interface TriggerError {
  readonly code: string;
  readonly message: string;
}

/** For the system that sends hooks. */
export interface HookSecret {
  /** Below the server's address. */
  readonly path: string;
  /** Shown this once. */
  readonly secret: string;
}
