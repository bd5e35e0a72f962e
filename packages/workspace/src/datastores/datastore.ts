// The port of a named place of files. It knows paths and bytes, and nothing of what they mean.
import type { FileContent } from '../files/confined-tree.ts';
import type { ByteSource, WrittenFile } from '../files/durable-files.ts';

export interface StoredFile extends WrittenFile {
  /** azureml://datastores/<name>/paths/<path> */
  readonly uri: string;
}

export interface DatastoreEntry {
  readonly uri: string;
  /** Relative to the datastore, with `/` between the parts. */
  readonly path: string;
  readonly isFolder: boolean;
  /** 0 for a folder. */
  readonly sizeBytes: number;
}

/**
 * Files by path. A path is relative to the datastore and cannot leave it: one that tries is refused
 * with DATASTORE_PATH_INVALID.
 */
export interface Datastore {
  readonly name: string;
  /** The file appears whole, replacing an older one, or not at all; when it resolves, it is on disk. */
  write(path: string, content: ByteSource): Promise<StoredFile>;
  /** @throws RidgelineError DATASTORE_FILE_NOT_FOUND, for a folder too. */
  read(path: string): Promise<FileContent>;
  /** @throws RidgelineError DATASTORE_FILE_NOT_FOUND */
  stat(path: string): Promise<DatastoreEntry>;
  /** What lies directly in a folder (default: the root), by name; empty for a file or for nothing. */
  list(path?: string): Promise<readonly DatastoreEntry[]>;
  /**
   * Where a file or folder can be read on this machine.
   * @throws RidgelineError DATASTORE_FILE_NOT_FOUND
   */
  localPath(path: string): Promise<string>;
}
