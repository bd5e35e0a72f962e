// The shapes of a datastore: a named place of files.

/** Storage of a cloud that a folder stands in for. */
export interface CloudStorage {
  readonly type: 'azure_blob' | 'azure_file' | 'azure_data_lake_gen2';
  readonly account: string;
  readonly container: string;
}

export interface Datastore {
  readonly name: string;
  readonly kind: 'folder';
  readonly isDefault: boolean;
  /** Absolute; null for a folder within the workspace's own. */
  readonly folder: string | null;
  /** Null for a folder that stands for itself. */
  readonly standInFor: CloudStorage | null;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** UTC, ISO 8601; null for the default one. */
  readonly createdAt: string | null;
}

/** Exactly one of `folder` and `standInFor`. */
export interface NewDatastore {
  readonly name: string;
  readonly folder?: string;
  readonly standInFor?: CloudStorage;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
}
