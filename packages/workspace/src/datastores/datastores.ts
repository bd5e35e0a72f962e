// The datastores of a workspace by name, and the way from an address to the file that it names.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RidgelineError } from '../errors.ts';
import { StagingFolder } from '../files/staging-folder.ts';
import type { Datastore } from './datastore.ts';
import { parseDatastoreUri } from './datastore-uri.ts';
import { FolderDatastore } from './folder-datastore.ts';

/** Azure ML's name for the datastore that every workspace has. */
export const defaultDatastoreName = 'workspaceblobstore';

export interface ResolvedUri {
  readonly datastore: Datastore;
  /** Relative to the datastore. */
  readonly path: string;
}

export class Datastores {
  readonly #datastores: ReadonlyMap<string, Datastore>;

  constructor(datastores: readonly Datastore[]) {
    this.#datastores = new Map(datastores.map((datastore) => [datastore.name, datastore]));
  }

  get default(): Datastore {
    return this.get(defaultDatastoreName);
  }

  /** @throws RidgelineError DATASTORE_NOT_FOUND */
  get(name: string): Datastore {
    const datastore = this.#datastores.get(name);
    if (datastore !== undefined) return datastore;
    const known = [...this.#datastores.keys()].join("', '");
    const message = `datastore '${name}' does not exist; this workspace has '${known}'`;
    throw new RidgelineError('DATASTORE_NOT_FOUND', message);
  }

  /**
   * The datastore and path that an azureml://datastores/<name>/paths/<path> names.
   * @throws RidgelineError DATASTORE_URI_INVALID, DATASTORE_NOT_FOUND
   */
  resolveUri(uri: string): ResolvedUri {
    const { datastore, path } = parseDatastoreUri(uri);
    return { datastore: this.get(datastore), path };
  }

  /**
   * Where the file or folder of an address can be read on this machine.
   * @throws RidgelineError DATASTORE_URI_INVALID, DATASTORE_NOT_FOUND, DATASTORE_FILE_NOT_FOUND
   */
  async localPath(uri: string): Promise<string> {
    const { datastore, path } = this.resolveUri(uri);
    return datastore.localPath(path);
  }
}

/**
 * The datastores kept in `folder`: the default one. Removes what writes that were cut off have
 * left, so only one may be open on a folder.
 */
export async function openFolderDatastores(folder: string): Promise<Datastores> {
  const staging = new StagingFolder(join(folder, '.incoming'));
  await staging.clear();
  const name = defaultDatastoreName;
  await mkdir(join(folder, name), { recursive: true });
  return new Datastores([new FolderDatastore({ name, folder: join(folder, name), staging })]);
}
