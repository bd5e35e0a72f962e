// A datastore that is a folder of this machine.
import { ConfinedTree, type FileContent, type TreeEntry } from '../files/confined-tree.ts';
import type { ByteSource } from '../files/durable-files.ts';
import type { StagingFolder } from '../files/staging-folder.ts';
import type { Datastore, DatastoreEntry, StoredFile } from './datastore.ts';
import { datastoreUri } from './datastore-uri.ts';

const words = {
  noun: 'datastore',
  pathInvalid: 'DATASTORE_PATH_INVALID',
  notFound: 'DATASTORE_FILE_NOT_FOUND',
} as const;

export interface FolderDatastoreOptions {
  readonly name: string;
  /** Made at the first write. */
  readonly folder: string;
  /** Outside `folder`, on the same file system. */
  readonly staging: StagingFolder;
}

export class FolderDatastore implements Datastore {
  readonly name: string;
  readonly #tree: ConfinedTree;

  constructor({ name, folder, staging }: FolderDatastoreOptions) {
    this.name = name;
    this.#tree = new ConfinedTree(folder, staging, words);
  }

  async write(path: string, content: ByteSource): Promise<StoredFile> {
    const written = await this.#tree.write(path, content);
    return { uri: this.#uri(path), ...written };
  }

  read(path: string): Promise<FileContent> {
    return this.#tree.read(path);
  }

  async stat(path: string): Promise<DatastoreEntry> {
    return this.#entry(await this.#tree.stat(path));
  }

  async list(path?: string): Promise<readonly DatastoreEntry[]> {
    return (await this.#tree.list(path)).map((entry) => this.#entry(entry));
  }

  localPath(path: string): Promise<string> {
    return this.#tree.existing(path);
  }

  #entry(entry: TreeEntry): DatastoreEntry {
    return { uri: this.#uri(entry.path), ...entry };
  }

  #uri(path: string): string {
    return datastoreUri({ datastore: this.name, path });
  }
}
