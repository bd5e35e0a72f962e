// From the row of a datastore to the datastore itself.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StagingFolder } from '../files/staging-folder.ts';
import type { Datastore } from './datastore.ts';
import type { DatastoreInfo } from './datastore-info.ts';
import { toDatastoreInfo } from './datastore-info.ts';
import type { DatastoresTable } from './datastore-tables.ts';
import { FolderDatastore } from './folder-datastore.ts';

export interface OpenDatastore {
  readonly info: DatastoreInfo;
  readonly datastore: Datastore;
}

/** @param own where the workspace keeps datastores, and the staging folder of those. */
export async function openDatastore(
  row: DatastoresTable,
  own: {
    readonly folder: string;
    readonly staging: StagingFolder;
    readonly isShared: boolean;
  },
): Promise<OpenDatastore> {
  const info = toDatastoreInfo(row);
  const { name, folder, key, staging } = row;
  if (folder === null) {
    const place = join(own.folder, key);
    await mkdir(place, { recursive: true });
    const datastore = new FolderDatastore({ name, folder: place, staging: own.staging });
    return { info, datastore };
  }
  // Within the folder itself: only there it is sure to be the same file system.
  const inside = new StagingFolder(join(folder, staging));
  await inside.clear(own).catch(() => {});
  return { info, datastore: new FolderDatastore({ name, folder, staging: inside, foreign: true }) };
}
