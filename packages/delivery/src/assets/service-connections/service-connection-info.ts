// What a service connection is, as users give it and as every reader sees it. The words are those of
// Azure DevOps' service endpoints, so that what tasks look up is called the same here.
import type { AssetWords } from '../asset-row.ts';
import type { PipelinePermissions } from '../pipeline-permissions.ts';

export const connectionTypes = [
  'ridgeline',
  'azurerm',
  'dockerregistry',
  'kubernetes',
  'generic',
] as const;
/** `ridgeline`: a workspace's REST API, here or elsewhere. */
export type ConnectionType = (typeof connectionTypes)[number];

/** `NotChecked`: there is nothing to ask, or it was told not to. */
export const connectionCheckStatuses = ['Passed', 'NotChecked'] as const;

export interface ConnectionCheck {
  readonly status: (typeof connectionCheckStatuses)[number];
  readonly message: string;
  readonly checkedAt: string;
}

export interface NewServiceConnection extends PipelinePermissions {
  readonly name: string;
  readonly type: ConnectionType;
  readonly description?: string;
  readonly url?: string;
  /** Such as `ServicePrincipal`, `UsernamePassword`, `Token`, `None`; default: the type's first. */
  readonly scheme?: string;
  /** What it signs in with, secrets included, such as `serviceprincipalkey`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Facts that are no secrets, such as `subscriptionId`. */
  readonly data?: Readonly<Record<string, string>>;
  /** Save it without trying it. */
  readonly skipCheck?: boolean;
}

/** What is left out stays; null deletes a parameter or a fact. */
export interface ServiceConnectionChanges extends PipelinePermissions, AssetWords {
  readonly url?: string | null;
  readonly scheme?: string;
  readonly parameters?: Readonly<Record<string, string | null>>;
  readonly data?: Readonly<Record<string, string | null>>;
  readonly skipCheck?: boolean;
}

/** Times are UTC ISO strings. */
export interface ServiceConnectionInfo {
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
