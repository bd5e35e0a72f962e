// The rows of datastores. The default one has none: it is always there.

export interface DatastoresTable {
  /** The name in lower case: two names that differ only in case are the same datastore. */
  readonly key: string;
  readonly name: string;
  /** Absolute; null for a folder within the workspace's own. */
  readonly folder: string | null;
  /** Where files of `folder` are written before they are whole: a name of its own in that folder. */
  readonly staging: string;
  /** JSON of the cloud storage that the folder stands in for; null where it stands for itself. */
  readonly stand_in_for: string | null;
  readonly description: string;
  /** JSON object of strings. */
  readonly tags: string;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

export type DatastoreTables = { readonly datastores: DatastoresTable };
