// A datastore as callers see it: where its files are, and what it stands in for. No credential is
// part of it: a folder needs none.
import type { DatastoresTable } from './datastore-tables.ts';

export const cloudStorageTypes = ['azure_blob', 'azure_file', 'azure_data_lake_gen2'] as const;
export type CloudStorageType = (typeof cloudStorageTypes)[number];

/** The storage that a definition names, and that a folder of this machine stands in for. */
export interface CloudStorage {
  readonly type: CloudStorageType;
  readonly account: string;
  /** The container, file share or file system. */
  readonly container: string;
}

export interface DatastoreInfo {
  readonly name: string;
  readonly kind: 'folder';
  readonly isDefault: boolean;
  /** Absolute; null for a folder within the workspace's own. */
  readonly folder: string | null;
  /** Null for a folder that stands for itself. */
  readonly standInFor: CloudStorage | null;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** UTC, ISO 8601; null for the default one, which was always there. */
  readonly createdAt: string | null;
}

export function defaultDatastoreInfo(name: string): DatastoreInfo {
  return {
    name,
    kind: 'folder',
    isDefault: true,
    folder: null,
    standInFor: null,
    description: 'the datastore that every workspace has',
    tags: {},
    createdAt: null,
  };
}

export function toDatastoreInfo(row: DatastoresTable): DatastoreInfo {
  return {
    name: row.name,
    kind: 'folder',
    isDefault: false,
    folder: row.folder,
    standInFor: row.stand_in_for === null ? null : JSON.parse(row.stand_in_for),
    description: row.description,
    tags: JSON.parse(row.tags),
    createdAt: new Date(row.created_at).toISOString(),
  };
}
