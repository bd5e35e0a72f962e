// What a caller hands in to make a datastore, and its checks.
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, sep } from 'node:path';
import { checkDescription, checkTags } from '../checks/check-asset.ts';
import { checkName, checkOneOf, invalid, quote } from '../checks/check-text.ts';
import { RidgelineError } from '../errors.ts';
import { nullIfMissing } from '../files/fs-errors.ts';
import type { KeyValues } from '../key-values.ts';
import { type CloudStorage, cloudStorageTypes } from './datastore-info.ts';

/** Exactly one of `folder` and `standInFor`. */
export interface NewDatastore {
  /** 1 to 255 letters, digits and underscores. */
  readonly name: string;
  /** An absolute path of a folder of this machine that exists. */
  readonly folder?: string;
  /** A folder of the workspace stands in for this storage. */
  readonly standInFor?: CloudStorage;
  readonly description?: string;
  readonly tags?: KeyValues;
}

export interface CheckedDatastore {
  readonly name: string;
  /** Absolute and without links; null for a folder within the workspace's own. */
  readonly folder: string | null;
  readonly standInFor: CloudStorage | null;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

const nameLength = 255;
const pathLength = 4_096;

/**
 * @param workspaceFolder no datastore may hold it, or lie in it: the workspace's secrets are there.
 * @throws RidgelineError INVALID_PARAMETER_VALUE, DATASTORE_FOLDER_INVALID
 */
export async function checkNewDatastore(
  datastore: NewDatastore,
  workspaceFolder: string,
): Promise<CheckedDatastore> {
  const { folder, standInFor, description, tags } = datastore;
  if ((folder === undefined) === (standInFor === undefined)) {
    throw invalid(
      "a datastore needs 'folder' (a folder of this machine) or 'standInFor' (the storage that a " +
        'folder of the workspace stands in for), and not both',
    );
  }
  return {
    name: checkDatastoreName(datastore.name),
    folder: folder === undefined ? null : await checkFolder(folder, workspaceFolder),
    standInFor: standInFor === undefined ? null : checkStorage(standInFor),
    description: checkDescription(description),
    tags: checkTags(tags),
  };
}

function checkDatastoreName(value: unknown): string {
  const name = checkName('datastore name', value, nameLength);
  if (/^[A-Za-z0-9_]+$/.test(name)) return name;
  throw invalid(`datastore name ${quote(name)} must be letters, digits and '_'`);
}

// Rules of Azure's names, so that a folder cannot stand in for what cannot be.
function checkStorage(storage: CloudStorage): CloudStorage {
  const type = checkOneOf('standInFor.type', storage?.type, cloudStorageTypes);
  const account = checkName('standInFor.account', storage.account, 24);
  const container = checkName('standInFor.container', storage.container, 63);
  if (!/^[a-z0-9]{3,24}$/.test(account)) {
    throw invalid(
      `storage account ${quote(account)} must be 3 to 24 lower-case letters and digits`,
    );
  }
  if (/^(?:\$root|\$web|[a-z0-9](?:-?[a-z0-9]){2,62})$/.test(container)) {
    return { type, account, container };
  }
  throw invalid(
    `container ${quote(container)} must be 3 to 63 lower-case letters, digits and single dashes`,
  );
}

async function checkFolder(value: unknown, workspaceFolder: string): Promise<string> {
  const folder = checkName('folder', value, pathLength);
  if (!isAbsolute(folder)) throw folderInvalid(folder, 'it is not absolute');
  const stats = await nullIfMissing(stat(folder));
  if (!stats?.isDirectory()) throw folderInvalid(folder, 'no folder is there on the server');
  const real = await realpath(folder);
  const workspace = await realpath(workspaceFolder);
  if (isWithin(real, workspace) || isWithin(workspace, real)) {
    throw folderInvalid(folder, "it holds the workspace's own files, or is one of its folders");
  }
  return real;
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

function folderInvalid(folder: string, problem: string): RidgelineError {
  return new RidgelineError(
    'DATASTORE_FOLDER_INVALID',
    `folder ${quote(folder)} cannot be a datastore: ${problem}; give the absolute path of a folder ` +
      'outside the workspace, on the machine where the server runs',
  );
}
