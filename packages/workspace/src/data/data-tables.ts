// The rows of data assets: one a version.

export interface DataAssetsTable {
  readonly name: string;
  readonly version: string;
  /** 1, 2, … in the order in which the versions of a name were made; the highest is the latest. */
  readonly position: number;
  readonly type: 'uri_file' | 'uri_folder';
  readonly description: string;
  /** JSON object of strings. */
  readonly tags: string;
  readonly uri: string;
  readonly size_bytes: number;
  readonly sha256: string;
  /** JSON; null for a folder, as are the two below. */
  readonly schema: string | null;
  readonly profile: string | null;
  readonly row_count: number | null;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

export type DataTables = { readonly data_assets: DataAssetsTable };
