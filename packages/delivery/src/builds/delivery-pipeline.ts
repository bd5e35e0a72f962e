// A delivery pipeline: a name for a YAML file of a repository, and what is kept with it.

export interface DeliveryPipeline {
  /** A number, from 1: System.DefinitionId. */
  readonly id: string;
  readonly name: string;
  readonly repository: RepositoryPlace;
  readonly yamlPath: string;
  readonly variables: readonly DefinitionVariable[];
  /** Alias of `resources.repositories` → where it lies. */
  readonly repositories: Readonly<Record<string, RepositoryPlace>>;
  /** A disabled one starts no builds. */
  readonly enabled: boolean;
  /** How many completed builds are kept; older ones go with all that belongs to them. */
  readonly keepBuilds: number;
  /** Whether pull requests from forks start builds, which get no secrets. */
  readonly buildForks: boolean;
  /** When the secret of its hooks was made; null: it takes none. */
  readonly hookSecretAt: string | null;
  /** UTC, ISO. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly createdBy: string;
}

export interface RepositoryPlace {
  /** An absolute folder on the server's machine, or a git address (https, ssh, file, git@host:…). */
  readonly location: string;
  /** The default branch, such as `main`. */
  readonly branch: string;
}

export interface DefinitionVariable {
  readonly name: string;
  /** Empty for a secret, whose value is never shown. */
  readonly value: string;
  readonly isSecret: boolean;
  /** Whether a build may be queued with another value. */
  readonly allowOverride: boolean;
}

export interface NewDeliveryPipeline {
  readonly name: string;
  readonly repository: { readonly location: string; readonly branch?: string };
  /** Default `azure-pipelines.yml`. */
  readonly yamlPath?: string;
  readonly variables?: readonly NewDefinitionVariable[];
  readonly repositories?: Readonly<
    Record<string, { readonly location: string; readonly branch?: string }>
  >;
  readonly enabled?: boolean;
  readonly keepBuilds?: number;
  /** Default false: what a fork brings is anybody's, and runs on the server's machine. */
  readonly buildForks?: boolean;
}

export interface NewDefinitionVariable {
  readonly name: string;
  /** Of a secret that is there already, left out it stays as it is. */
  readonly value?: string;
  readonly isSecret?: boolean;
  readonly allowOverride?: boolean;
}

/** What is left out stays. */
export type DeliveryPipelineChanges = Partial<NewDeliveryPipeline>;
