// What a variable group is, as users give it and as every reader sees it: the HTTP API, the CLI and
// Studio use these very shapes. The value of a secret is in none that is read.
import type { AssetWords } from '../asset-row.ts';
import type { PipelinePermissions } from '../pipeline-permissions.ts';

/** A secret of a key vault elsewhere: it is read at each build, and never kept. */
export interface VaultSecret {
  /** An `azurerm` service connection that may read the vault. */
  readonly connection: string;
  /** Its name, such as `mlops-kv`; where it lies, the connection says. */
  readonly vault: string;
  readonly secret: string;
}

/** A variable as users give it: a value, or where a secret is read from at each build. */
export interface GroupVariableSpec {
  /** Of a secret that is there already: left out or null keeps it. */
  readonly value?: string | null;
  /** Default: as it was; of a new one, false. */
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

/** What is left out stays. */
export interface VariableGroupChanges extends PipelinePermissions, AssetWords {
  /** Those that are named change; null deletes one. */
  readonly variables?: Readonly<Record<string, GroupVariableSpec | null>>;
}

/** Times are UTC ISO strings. */
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
