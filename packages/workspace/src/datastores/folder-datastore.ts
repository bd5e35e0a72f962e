// A datastore that is a folder of this machine.
import { stat } from 'node:fs/promises';
import { RidgelineError } from '../errors.ts';
import { ConfinedTree, type FileContent, type TreeEntry } from '../files/confined-tree.ts';
import type { ByteSource } from '../files/durable-files.ts';
import { nullIfMissing } from '../files/fs-errors.ts';
import type { StagingFolder } from '../files/staging-folder.ts';
import type { Datastore, DatastoreEntry, StoredFile } from './datastore.ts';
import { datastoreUri } from './datastore-uri.ts';

const words = {
  noun: 'datastore',
  pathInvalid: 'DATASTORE_PATH_INVALID',
  notFound: 'DATASTORE_FILE_NOT_FOUND',
} as const;

/** What folders begin with in which files of a datastore are written before they are whole. */
export const stagingPrefix = '.ridgeline-incoming-';

export interface FolderDatastoreOptions {
  readonly name: string;
  /** Made at the first write, unless it is `foreign`. */
  readonly folder: string;
  /**
   * On the same file system: outside `folder`, or in it under a name with `stagingPrefix`, which
   * then is no part of the datastore.
   */
  readonly staging: StagingFolder;
  /** Whether the folder is not the workspace's own. One that is gone, as a disk that was taken out,
   * is not made anew. Default false. */
  readonly foreign?: boolean;
}

export class FolderDatastore implements Datastore {
  readonly name: string;
  readonly #tree: ConfinedTree;
  readonly #foreign: boolean;

  constructor({ name, folder, staging, foreign = false }: FolderDatastoreOptions) {
    this.name = name;
    this.#tree = new ConfinedTree(folder, staging, { ...words, file: `datastore '${name}': file` });
    this.#foreign = foreign;
  }

  async write(path: string, content: ByteSource): Promise<StoredFile> {
    await this.#admit(path);
    const written = await this.#tree.write(path, content);
    return { uri: this.#uri(path), ...written };
  }

  async read(path: string): Promise<FileContent> {
    await this.#admit(path);
    return this.#tree.read(path);
  }

  async stat(path: string): Promise<DatastoreEntry> {
    await this.#admit(path);
    return this.#entry(await this.#tree.stat(path));
  }

  async list(path?: string): Promise<readonly DatastoreEntry[]> {
    await this.#admit(path ?? '');
    const entries = await this.#tree.list(path);
    return entries.filter((entry) => !isStaging(entry.path)).map((entry) => this.#entry(entry));
  }

  async localPath(path: string): Promise<string> {
    await this.#admit(path);
    return this.#tree.existing(path);
  }

  /** @throws RidgelineError DATASTORE_PATH_INVALID, DATASTORE_FOLDER_MISSING */
  async #admit(path: string): Promise<void> {
    if (isStaging(path)) {
      const message = `datastore path '${path}' cannot be used: files on their way lie there`;
      throw new RidgelineError('DATASTORE_PATH_INVALID', message);
    }
    if (!this.#foreign || (await nullIfMissing(stat(this.#tree.root)))?.isDirectory()) return;
    throw new RidgelineError(
      'DATASTORE_FOLDER_MISSING',
      `the folder of datastore '${this.name}' is not there: ${this.#tree.root}; put it back`,
    );
  }

  #entry(entry: TreeEntry): DatastoreEntry {
    return { uri: this.#uri(entry.path), ...entry };
  }

  #uri(path: string): string {
    return datastoreUri({ datastore: this.name, path });
  }
}

function isStaging(path: string): boolean {
  return path.startsWith(stagingPrefix);
}
