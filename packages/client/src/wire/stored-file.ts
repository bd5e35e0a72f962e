// The answers to an upload: a file on a datastore, and a code snapshot.

export interface StoredFile {
  /** e.g. `azureml://datastores/workspaceblobstore/paths/training-data/a.csv`. */
  readonly uri: string;
  readonly sizeBytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface CodeSnapshot {
  /** The SHA-256 of the content, 64 hexadecimal digits: the same files give the same id. */
  readonly id: string;
  readonly fileCount: number;
  readonly sizeBytes: number;
}
