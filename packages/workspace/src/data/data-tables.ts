// The rows of data assets: one a version.

export const dataAssetTypes = ['uri_file', 'uri_folder', 'mltable'] as const;
export type DataAssetType = (typeof dataAssetTypes)[number];

export interface DataAssetsTable {
  /** A GUID: the same for as long as the workspace is. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** 1, 2, … in the order in which the versions of a name were made; the highest is the latest. */
  readonly position: number;
  readonly type: DataAssetType;
  readonly description: string;
  /** JSON object of strings. */
  readonly tags: string;
  readonly uri: string;
  readonly size_bytes: number;
  readonly sha256: string;
  /** Null for a folder that was registered before files were counted. */
  readonly file_count: number | null;
  /** JSON of what the MLTable file says; null for all but tables. */
  readonly ml_table: string | null;
  /** JSON; null for a folder, as are the two below. */
  readonly schema: string | null;
  readonly profile: string | null;
  readonly row_count: number | null;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

export type DataTables = { readonly data_assets: DataAssetsTable };
